//! Sources analysed as a whole: what each reference names, in which dialect, and what is found to check.

mod dialects;
mod discovery;
mod frameworks;
mod history;
mod kept;
mod manifests;
mod resolution;
mod troubles;

use std::path::Path;

#[test]
fn dots_are_resolved_by_name() {
    let whole = |path: &str| crate::absolute(Path::new("/home/me"), Path::new(path)).display().to_string();
    assert_eq!(
        ["a.html", "./a/../b.html", "../x", "/etc/./y", "../../../z"].map(whole),
        ["/home/me/a.html", "/home/me/b.html", "/home/x", "/etc/y", "/z"]
    );
}
