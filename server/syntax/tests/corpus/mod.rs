//! The corpus of real templates, read from beside the repository.

#![expect(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a test fails by panicking and says what it skips"
)]

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

/// The files of the corpus by their path in it, without `open/`; `None`, with a message, where it is absent.
pub(crate) fn open() -> Option<HashMap<String, String>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpus/open.tar.zst");
    #[expect(clippy::disallowed_methods, reason = "a test reads its own data")]
    let Ok(file) = std::fs::File::open(&path) else {
        println!("skipped: there is no corpus at {}", path.display());
        return None;
    };
    let mut archive = tar::Archive::new(zstd::Decoder::new(file).expect("a zstd stream"));
    let mut files = HashMap::new();
    for entry in archive.entries().expect("a tar archive") {
        let mut entry = entry.expect("an entry");
        let path = entry.path().expect("a path").to_string_lossy().into_owned();
        let mut text = String::new();
        if entry.header().entry_type().is_file() && entry.read_to_string(&mut text).is_ok() {
            files.insert(path.trim_start_matches("open/").to_owned(), text);
        }
    }
    Some(files)
}
