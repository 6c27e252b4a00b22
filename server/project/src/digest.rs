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
}

/// What is known of a file's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Hashed {
    /// Its size in bytes; of a Git LFS pointer that of the file it stands for.
    pub(crate) size: u64,
    /// Its digests.
    pub(crate) digests: Digests,
}

/// The digests computed so far.
#[derive(Debug, Default)]
pub(crate) struct DigestCache {
    by_path: DashMap<(PathBuf, Wanted), (Stamp, Hashed)>,
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
const CHUNK: usize = 128 * 1024;

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
        let key = (path.to_owned(), wanted);
        if let Some(hashed) =
            self.by_path.get(&key).filter(|entry| entry.0 == stamp).map(|entry| entry.1.clone())
        {
            return Ok(hashed);
        }
        let (stamp, hashed) = match self.pretended.get(path).map(|entry| entry.clone()) {
            Some(own) => (own.stamp, hash_all(&mut own.text.as_bytes(), path, wanted).map_err(of_io)?),
            None => steadily(|| disk::stamp(path).map_err(of_io), || hash(path, wanted))?,
        };
        if disk::is_settled(stamp) {
            self.by_path.insert(key, (stamp, hashed.clone()));
        }
        Ok(hashed)
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
    let mut readings = readings(path, wanted);
    let mut size = 0;
    while read > 0 {
        size += read as u64;
        for reading in &mut readings {
            reading.update(&chunk[..read]);
        }
        read = fill(file, &mut chunk)?;
    }
    Ok(Hashed { size, digests: finished(readings) })
}

/// The digests that a file at `path` would have if it held `text`.
pub(crate) fn of_text(path: &Path, text: &str, wanted: Wanted) -> Digests {
    let mut readings = readings(path, wanted);
    for reading in &mut readings {
        reading.update(text.as_bytes());
    }
    finished(readings)
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

fn readings(path: &Path, wanted: Wanted) -> Vec<Reading> {
    let text = is_text(path);
    let own = if text && wanted.line_endings == LineEndings::Lf { Ending::Lf } else { Ending::AsIs };
    let mut endings = vec![own];
    if wanted.others && text {
        endings.extend([Ending::AsIs, Ending::Lf, Ending::CrLf].into_iter().filter(|ending| *ending != own));
    }
    endings.into_iter().map(|ending| Reading::new(ending, wanted)).collect()
}

fn finished(readings: Vec<Reading>) -> Digests {
    let mut sha256 = [0; 32];
    let mut others: Vec<TextDigests> = Vec::new();
    for (number, reading) in readings.into_iter().enumerate() {
        let (own, all) = reading.finish();
        if number == 0 {
            sha256 = own;
        }
        if let Some(all) = all.filter(|all| !others.contains(all)) {
            others.push(all);
        }
    }
    Digests { sha256, others }
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

/// One reading of a file, on its way through.
struct Reading {
    ending: Ending,
    /// Whether the last chunk ended in `\r`, which waits for what follows.
    held: bool,
    buffer: Vec<u8>,
    sha256: Sha256,
    others: Option<(Sha1, Md5)>,
    strong: Option<(Sha384, Sha512)>,
    /// All of it so far: what git hashes begins with its size.
    content: Option<Vec<u8>>,
}

impl Reading {
    fn new(ending: Ending, wanted: Wanted) -> Self {
        Self {
            ending,
            held: false,
            buffer: Vec::new(),
            sha256: Sha256::new(),
            others: wanted.others.then(|| (Sha1::new(), Md5::new())),
            strong: wanted.strong.then(|| (Sha384::new(), Sha512::new())),
            content: (wanted.others && wanted.blob).then(Vec::new),
        }
    }

    fn update(&mut self, chunk: &[u8]) {
        if self.ending == Ending::AsIs {
            return self.feed(chunk);
        }
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        self.convert(chunk, &mut buffer);
        self.feed(&buffer);
        self.buffer = buffer;
    }

    /// Writes `chunk` with `\r\n` and `\n` as the wanted line ending; a lone `\r` stays.
    fn convert(&mut self, chunk: &[u8], buffer: &mut Vec<u8>) {
        let line_end: &[u8] = if self.ending == Ending::Lf { b"\n" } else { b"\r\n" };
        for &byte in chunk {
            if std::mem::take(&mut self.held) && byte != b'\n' {
                buffer.push(b'\r');
            }
            match byte {
                b'\r' => self.held = true,
                b'\n' => buffer.extend_from_slice(line_end),
                other => buffer.push(other),
            }
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

    fn finish(mut self) -> ([u8; 32], Option<TextDigests>) {
        if self.held {
            self.feed(b"\r");
        }
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
