//! Digests: what a version is cut from, read by streaming and kept by path and stamp.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::{Digests, StrongDigests, TextDigests, VersionSource};
use dashmap::DashMap;
use md5::Md5;
use sha1::Sha1;
use sha2::{Digest, Sha256, Sha384, Sha512};

use crate::config::{Config, LineEndings};
use crate::disk::{self, Stamp};
use crate::lfs;

/// Why a file has no digest.
#[derive(Debug, thiserror::Error)]
pub enum DigestError {
    /// The file is not there (any more).
    #[error("no such file")]
    Vanished,
    /// A folder, FIFO, socket or device.
    #[error("not a regular file")]
    NotAFile,
    /// It changed each time it was read.
    #[error("it keeps changing while it is read")]
    Unsteady,
    /// The system's error.
    #[error("{}", disk::plain(.0))]
    Io(io::Error),
}

/// How a file is hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Wanted {
    /// The line endings that text is read with.
    pub(crate) line_endings: LineEndings,
    /// Whether the digests of every algorithm and of the other line endings are wanted.
    pub(crate) others: bool,
    /// Whether with them those of an `integrity` are.
    pub(crate) strong: bool,
    /// Whether with them the ids that git gives are.
    pub(crate) blob: bool,
}

impl Wanted {
    /// SHA-256 as the configuration has the file read, and with every algorithm the id of git where it cuts versions from it.
    pub(crate) fn of(config: &Config) -> Self {
        let blob = config.version.source == VersionSource::Git;
        Self { line_endings: config.line_endings, others: false, strong: false, blob }
    }

    /// Whether what is hashed in this way holds all that `other` asks for.
    fn covers(self, other: Self) -> bool {
        let same = self.line_endings == other.line_endings;
        same && self.others >= other.others && self.strong >= other.strong && self.blob >= other.blob
    }
}

/// What is known of a file's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hashed {
    /// Its size in bytes; of a Git LFS pointer that of the file it stands for.
    pub(crate) size: u64,
    /// Its digests.
    pub(crate) digests: Digests,
}

/// What is known of a file as long as its stamp is the same.
#[derive(Debug)]
struct Known {
    stamp: Stamp,
    wanted: Wanted,
    hashed: Hashed,
}

/// The digests computed so far.
#[derive(Debug, Default)]
pub(crate) struct DigestCache {
    by_path: DashMap<PathBuf, Vec<Known>>,
    pretended: DashMap<PathBuf, Pretended>,
}

/// What a file is taken to hold, whatever the disk says.
#[derive(Clone, Debug)]
struct Pretended {
    /// A stamp that no file has.
    stamp: Stamp,
    text: Arc<str>,
}

/// How often a file that changes while it is read is read again.
const TRIES: usize = 5;
/// How many bytes are read at once.
const CHUNK: usize = 64 * 1024;

impl DigestCache {
    /// The digests of the file at `path`, read again where its stamp is another or too young to be trusted.
    pub(crate) fn of(&self, path: &Path, wanted: Wanted) -> Result<Hashed, DigestError> {
        self.of_stamp(path, self.stamp(path)?, wanted)
    }

    /// What tells that the file at `path` is the one that was hashed.
    pub(crate) fn stamp(&self, path: &Path) -> Result<Stamp, DigestError> {
        let pretended = self.pretended.get(path).map(|own| own.stamp);
        pretended.map_or_else(|| disk::stamp(path), Ok).map_err(of_io)
    }

    /// The same for a file whose stamp was just asked for.
    pub(crate) fn of_stamp(&self, path: &Path, stamp: Stamp, wanted: Wanted) -> Result<Hashed, DigestError> {
        if let Some(hashed) = self.known(path, stamp, wanted) {
            return Ok(hashed);
        }
        let (stamp, hashed) = match self.pretended.get(path).map(|entry| entry.clone()) {
            Some(own) => (own.stamp, hash_all(&mut own.text.as_bytes(), path, wanted).map_err(of_io)?),
            None => steadily(|| disk::stamp(path).map_err(of_io), || hash(path, wanted))?,
        };
        if disk::is_settled(stamp) {
            let mut all = self.by_path.entry(path.to_owned()).or_default();
            all.retain(|known| known.stamp == stamp && !wanted.covers(known.wanted));
            all.push(Known { stamp, wanted, hashed: hashed.clone() });
        }
        Ok(hashed)
    }

    fn known(&self, path: &Path, stamp: Stamp, wanted: Wanted) -> Option<Hashed> {
        let all = self.by_path.get(path)?;
        let same = all.iter().find(|known| known.stamp == stamp && known.wanted.covers(wanted))?;
        Some(same.hashed.clone())
    }

    /// From now on the file at `path` is hashed as if it held `text`.
    pub(crate) fn pretend(&self, path: &Path, text: &str) {
        let times = self.pretended.get(path).map_or(0, |own| own.stamp.modified + 1);
        let stamp = Stamp { size: text.len() as u64, modified: times, inode: u64::MAX };
        let pretended = Pretended { stamp, text: text.into() };
        if let Ok(real) = disk::canonical(path) {
            self.pretended.insert(real, pretended.clone());
        }
        self.pretended.insert(path.to_owned(), pretended);
    }
}

fn of_io(error: io::Error) -> DigestError {
    match error.kind() {
        io::ErrorKind::NotFound => DigestError::Vanished,
        io::ErrorKind::InvalidInput => DigestError::NotAFile,
        _ => DigestError::Io(error),
    }
}

/// Reads until the stamps before and after agree.
fn steadily<T>(
    stamp: impl Fn() -> Result<Stamp, DigestError>,
    mut read: impl FnMut() -> Result<T, DigestError>,
) -> Result<(Stamp, T), DigestError> {
    let mut before = stamp()?;
    for _ in 0..TRIES {
        let value = read()?;
        let after = stamp()?;
        if before == after {
            return Ok((after, value));
        }
        before = after;
    }
    Err(DigestError::Unsteady)
}

fn hash(path: &Path, wanted: Wanted) -> Result<Hashed, DigestError> {
    let mut file = disk::open_file(path).map_err(of_io)?;
    hash_all(&mut file, path, wanted).map_err(of_io)
}

fn hash_all(file: &mut impl Read, path: &Path, wanted: Wanted) -> io::Result<Hashed> {
    let mut chunk = vec![0; CHUNK];
    let mut read = fill(file, &mut chunk)?;
    if let Some(pointer) = lfs::pointer(&chunk[..read]) {
        let digests = Digests { sha256: pointer.sha256, others: Vec::new() };
        return Ok(Hashed { size: pointer.size, digests });
    }
    let mut readings = Readings::new(path, wanted);
    let mut size = 0;
    while read > 0 {
        size += read as u64;
        readings.update(&chunk[..read]);
        read = fill(file, &mut chunk)?;
    }
    Ok(Hashed { size, digests: readings.finish() })
}

/// The digests that a file at `path` would have if it held `text`.
pub(crate) fn of_text(path: &Path, text: &str, wanted: Wanted) -> Digests {
    let mut readings = Readings::new(path, wanted);
    readings.update(text.as_bytes());
    readings.finish()
}

/// The SHA-256 that a file at `path` would have if it held `bytes`.
pub(crate) fn of_bytes(path: &Path, mut bytes: &[u8], wanted: Wanted) -> io::Result<[u8; 32]> {
    hash_all(&mut bytes, path, wanted).map(|hashed| hashed.digests.sha256)
}

/// Reads until the chunk is full or the file ends.
fn fill(file: &mut impl Read, chunk: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < chunk.len() {
        match file.read(&mut chunk[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

/// Whether line endings mean nothing in a file of that extension.
fn is_text(path: &Path) -> bool {
    const TEXT: [&str; 14] = [
        "css",
        "js",
        "mjs",
        "cjs",
        "svg",
        "json",
        "map",
        "txt",
        "html",
        "htm",
        "xml",
        "webmanifest",
        "vtt",
        "csv",
    ];
    TEXT.contains(&crate::dialect::extension(path).as_str())
}

/// The line endings a file is hashed under.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    AsIs,
    Lf,
    CrLf,
}

/// A file on its way through, read under several line endings at once: until a line end tells them apart, one reading
/// is all of them.
struct Readings {
    /// The bytes as they are.
    plain: Hashes,
    /// The endings, that which counts first; each with its own reading, where that differs by now.
    endings: Vec<(Ending, Option<Converted>)>,
}

impl Readings {
    fn new(path: &Path, wanted: Wanted) -> Self {
        let text = is_text(path);
        let own = if text && wanted.line_endings == LineEndings::Lf { Ending::Lf } else { Ending::AsIs };
        let mut endings = vec![own];
        if wanted.others && text {
            endings
                .extend([Ending::AsIs, Ending::Lf, Ending::CrLf].into_iter().filter(|ending| *ending != own));
        }
        Self {
            plain: Hashes::new(wanted),
            endings: endings.into_iter().map(|ending| (ending, None)).collect(),
        }
    }

    fn update(&mut self, chunk: &[u8]) {
        for (ending, own) in &mut self.endings {
            if own.is_none() && ending.may_change(chunk) {
                *own = Some(Converted { hashes: self.plain.clone(), held: false, buffer: Vec::new() });
            }
            if let Some(own) = own {
                own.update(chunk, *ending);
            }
        }
        if self.endings.iter().any(|(_, own)| own.is_none()) {
            self.plain.feed(chunk);
        }
    }

    fn finish(self) -> Digests {
        let plain = self.plain.finish();
        let of = |own: Option<Converted>| own.map_or_else(|| plain.clone(), Converted::finish);
        let mut each = self.endings.into_iter().map(|(_, own)| of(own)).peekable();
        let sha256 = each.peek().map_or(plain.0, |first| first.0);
        let mut others: Vec<TextDigests> = Vec::new();
        for all in each.filter_map(|(_, all)| all) {
            if !others.contains(&all) {
                others.push(all);
            }
        }
        Digests { sha256, others }
    }
}

impl Ending {
    /// Whether `chunk` may read differently under this ending.
    fn may_change(self, chunk: &[u8]) -> bool {
        match self {
            Self::AsIs => false,
            Self::Lf => memchr::memchr(b'\r', chunk).is_some(),
            Self::CrLf => memchr::memchr2(b'\r', b'\n', chunk).is_some(),
        }
    }
}

/// A reading with other line endings than the file's.
struct Converted {
    hashes: Hashes,
    /// Whether the last chunk ended in `\r`, which waits for what follows.
    held: bool,
    buffer: Vec<u8>,
}

impl Converted {
    fn update(&mut self, chunk: &[u8], ending: Ending) {
        self.buffer.clear();
        self.convert(chunk, if ending == Ending::Lf { b"\n" } else { b"\r\n" });
        self.hashes.feed(&self.buffer);
    }

    /// Writes `chunk` with `\r\n` and `\n` as the wanted line ending; a lone `\r` stays.
    fn convert(&mut self, chunk: &[u8], line_end: &[u8]) {
        if !chunk.is_empty() && std::mem::take(&mut self.held) && chunk[0] != b'\n' {
            self.buffer.push(b'\r');
        }
        let mut start = 0;
        for at in memchr::memchr2_iter(b'\r', b'\n', chunk) {
            self.buffer.extend_from_slice(&chunk[start..at]);
            start = at + 1;
            match (chunk[at], chunk.get(start)) {
                (b'\n', _) => self.buffer.extend_from_slice(line_end),
                (_, Some(b'\n')) => {}
                (_, Some(_)) => self.buffer.push(b'\r'),
                (_, None) => self.held = true,
            }
        }
        self.buffer.extend_from_slice(&chunk[start..]);
    }

    fn finish(mut self) -> ([u8; 32], Option<TextDigests>) {
        if self.held {
            self.hashes.feed(b"\r");
        }
        self.hashes.finish()
    }
}

/// The digests of one reading.
#[derive(Clone)]
struct Hashes {
    sha256: Sha256,
    others: Option<(Sha1, Md5)>,
    strong: Option<(Sha384, Sha512)>,
    /// All of it so far: what git hashes begins with its size.
    content: Option<Vec<u8>>,
}

impl Hashes {
    fn new(wanted: Wanted) -> Self {
        Self {
            sha256: Sha256::new(),
            others: wanted.others.then(|| (Sha1::new(), Md5::new())),
            strong: wanted.strong.then(|| (Sha384::new(), Sha512::new())),
            content: (wanted.others && wanted.blob).then(Vec::new),
        }
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.sha256.update(bytes);
        if let Some((sha1, md5)) = &mut self.others {
            sha1.update(bytes);
            md5.update(bytes);
        }
        if let Some((sha384, sha512)) = &mut self.strong {
            sha384.update(bytes);
            sha512.update(bytes);
        }
        if let Some(content) = &mut self.content {
            content.extend_from_slice(bytes);
        }
    }

    fn finish(self) -> ([u8; 32], Option<TextDigests>) {
        let sha256 = self.sha256.finalize().into();
        let strong = self.strong.map(|(sha384, sha512)| StrongDigests {
            sha384: sha384.finalize().into(),
            sha512: sha512.finalize().into(),
        });
        let all = self.others.map(|(sha1, md5)| TextDigests {
            sha256,
            sha1: sha1.finalize().into(),
            md5: md5.finalize().into(),
            blob: self.content.as_deref().map(blob),
            strong,
        });
        (sha256, all)
    }
}

/// The id that git gives to a file of that content.
fn blob(content: &[u8]) -> [u8; 20] {
    Sha1::new().chain_update(format!("blob {}\0", content.len())).chain_update(content).finalize().into()
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::collections::BTreeSet;

    use super::*;

    /// What comes of reading a file whose stamp changes after each of the first `changes` readings.
    fn read_while_it_changes(changes: u64) -> Result<u64, DigestError> {
        let readings = Cell::new(0);
        let stamp = || Ok(Stamp { size: readings.get().min(changes), modified: 0, inode: 0 });
        let read = || {
            readings.set(readings.get() + 1);
            Ok(readings.get())
        };
        steadily(stamp, read).map(|(_, value)| value)
    }

    #[test]
    fn line_endings_are_told_apart_wherever_a_file_is_cut() {
        for text in ["", "a", "a\nb", "a\r\nb\r\n", "\r", "\r\r\n", "a\rb\n", "\n\r", "a\r\n\rb"] {
            let lf = text.replace("\r\n", "\n");
            let wanted: BTreeSet<[u8; 32]> =
                [text, &lf, &lf.replace('\n', "\r\n")].map(|text| Sha256::digest(text).into()).into();
            for cut in 0..=text.len() {
                let all = Wanted { line_endings: LineEndings::Lf, others: true, strong: false, blob: true };
                let mut readings = Readings::new(Path::new("a.css"), all);
                readings.update(&text.as_bytes()[..cut]);
                readings.update(&text.as_bytes()[cut..]);
                let digests = readings.finish();
                assert_eq!(digests.sha256, <[u8; 32]>::from(Sha256::digest(&lf)), "{text:?} cut at {cut}");
                let others = digests.others.iter().map(|other| other.sha256);
                assert_eq!(others.collect::<BTreeSet<_>>(), wanted, "{text:?} cut at {cut}");
            }
        }
    }

    #[test]
    fn a_file_that_changes_while_it_is_read_is_read_again() {
        for (changes, expected) in [(0, Some(1)), (1, Some(2)), (4, Some(5)), (5, None)] {
            assert_eq!(read_while_it_changes(changes).ok(), expected, "{changes}");
        }
        assert!(matches!(read_while_it_changes(99), Err(DigestError::Unsteady)));
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a test lays out its file")]
    fn a_file_written_twice_in_one_tick_of_the_clock_has_the_second_digest() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.css");
        let cache = DigestCache::default();
        let wanted = Wanted::of(&Config::default());
        for text in ["a{b:1}", "a{b:2}"].repeat(50) {
            std::fs::write(&path, text).unwrap();
            let hashed = cache.of(&path, wanted).unwrap();
            assert_eq!(hashed.digests.sha256, <[u8; 32]>::from(Sha256::digest(text)), "{text}");
        }
    }
}
