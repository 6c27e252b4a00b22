//! The disk: the only file that opens, reads, stats or writes one.
#![expect(clippy::disallowed_methods, reason = "this is the file where the disk is touched")]

use std::fs::{self, File, Metadata, OpenOptions};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// The largest source that is read, in bytes.
pub const MAX_SOURCE: u64 = 50_000_000;

/// Why a source was not read. It names the file.
#[derive(Debug, thiserror::Error)]
#[error("{}: skipped, {reason}", path.display())]
pub struct ReadError {
    /// The file, as it was asked for.
    pub path: PathBuf,
    /// Why.
    pub reason: ReadFailure,
}

/// What stood in the way of reading a source.
#[derive(Debug, thiserror::Error)]
pub enum ReadFailure {
    /// The file holds a NUL byte: it is no text; the byte's offset.
    #[error("no text, a NUL at byte {0}")]
    Nul(usize),
    /// The file is not UTF-8; the offset of the first wrong byte.
    #[error("not UTF-8 at byte {0}")]
    NotUtf8(usize),
    /// The file is larger than the limit; its size in bytes.
    #[error("{} MB are more than the {} MB that are read", .0.div_ceil(1_000_000), MAX_SOURCE / 1_000_000)]
    TooLarge(u64),
    /// A folder, FIFO, socket or device: never opened.
    #[error("not a regular file")]
    NotAFile,
    /// The system's error.
    #[error("{}", plain(.0))]
    Io(io::Error),
}

/// Why a file was not written. It names the file.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The file is no longer what was read.
    #[error("{}: left alone, it changed since it was read", .0.display())]
    Changed(PathBuf),
    /// There is a file already.
    #[error("{}: left alone, it exists already", .0.display())]
    Exists(PathBuf),
    /// The system's error.
    #[error("{}: not written, {}", .0.display(), plain(.1))]
    Io(PathBuf, io::Error),
}

/// What tells that a file is the one that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Stamp {
    /// Its size in bytes.
    pub size: u64,
    /// When it was last modified, in nanoseconds since 1970 (0 where the system does not tell).
    pub modified: u128,
    /// Its inode; 0 where there are none.
    pub inode: u64,
}

/// How old a stamp must be to tell a file from a later one of the same size: file systems count time in steps,
/// FAT in steps of two seconds, and a file may be written twice in one.
const LONGEST_STEP: Duration = Duration::from_secs(2);

/// Whether a change from now on would show in the stamp.
pub(crate) fn is_settled(stamp: Stamp) -> bool {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    now.as_nanos().saturating_sub(stamp.modified) > LONGEST_STEP.as_nanos()
}

/// What stands at a path, links followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A regular file.
    File,
    /// A folder.
    Folder,
    /// A FIFO, socket or device.
    Other,
}

/// The system's reason, for people: `permission denied`.
pub fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or_default();
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_lowercase().chain(characters).collect())
}

/// Reads a text of at most [`MAX_SOURCE`] bytes without ever blocking: only regular files are opened.
pub fn read_text(path: &Path) -> Result<String, ReadError> {
    read_source(path).map_err(|reason| ReadError { path: path.to_owned(), reason })
}

fn read_source(path: &Path) -> Result<String, ReadFailure> {
    if kind(path).map_err(ReadFailure::Io)? != Kind::File {
        return Err(ReadFailure::NotAFile);
    }
    let file = open(path).map_err(ReadFailure::Io)?;
    let size = file.metadata().map_err(ReadFailure::Io)?.len();
    if size > MAX_SOURCE {
        return Err(ReadFailure::TooLarge(size));
    }
    let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0) + 1);
    let read = file.take(MAX_SOURCE + 1).read_to_end(&mut bytes).map_err(ReadFailure::Io)? as u64;
    if read > MAX_SOURCE {
        return Err(ReadFailure::TooLarge(read));
    }
    text(bytes)
}

/// The text that `bytes` are.
pub fn text(bytes: Vec<u8>) -> Result<String, ReadFailure> {
    match memchr::memchr(0, &bytes) {
        Some(offset) => Err(ReadFailure::Nul(offset)),
        None => {
            String::from_utf8(bytes).map_err(|error| ReadFailure::NotUtf8(error.utf8_error().valid_up_to()))
        }
    }
}

/// Reads the first `limit` bytes of a regular file; `None` for anything else or on any error.
pub fn read_head(path: &Path, limit: u64) -> Option<Vec<u8>> {
    let file = open_file(path).ok()?;
    let mut bytes = Vec::new();
    file.take(limit).read_to_end(&mut bytes).ok()?;
    Some(bytes)
}

/// Opens a regular file for reading; anything else is [`io::ErrorKind::InvalidInput`] and is not opened.
pub fn open_file(path: &Path) -> io::Result<File> {
    match kind(path)? {
        Kind::File => open(path),
        Kind::Folder | Kind::Other => Err(io::ErrorKind::InvalidInput.into()),
    }
}

/// What stands at `path`.
pub fn kind(path: &Path) -> io::Result<Kind> {
    Ok(kind_of(&fs::metadata(path)?))
}

fn kind_of(metadata: &Metadata) -> Kind {
    match metadata {
        metadata if metadata.is_file() => Kind::File,
        metadata if metadata.is_dir() => Kind::Folder,
        _ => Kind::Other,
    }
}

/// Opens without waiting, so that a FIFO put in the file's place meanwhile can't hold the run up.
#[cfg(unix)]
fn open(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let nonblock = i32::try_from(rustix::fs::OFlags::NONBLOCK.bits()).unwrap_or(0);
    OpenOptions::new().read(true).custom_flags(nonblock).open(path)
}

#[cfg(not(unix))]
fn open(path: &Path) -> io::Result<File> {
    File::open(path)
}

/// The stamp of the file at `path`, links followed.
pub fn stamp(path: &Path) -> io::Result<Stamp> {
    fs::metadata(path).map(|metadata| stamp_of(&metadata))
}

fn stamp_of(metadata: &Metadata) -> Stamp {
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Stamp {
        size: metadata.len(),
        modified: modified.map_or(0, |time| time.as_nanos()),
        inode: inode(metadata),
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
const fn inode(_: &Metadata) -> u64 {
    0
}

/// The path with every link resolved.
pub fn canonical(path: &Path) -> io::Result<PathBuf> {
    fs::canonicalize(path)
}

/// A name in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    /// The name.
    pub name: String,
    /// Whether it is a folder, links followed.
    pub is_folder: bool,
    /// Whether it is a link.
    pub is_link: bool,
}

/// The names in a folder, sorted; those that are no UTF-8 are left out.
pub fn list(folder: &Path) -> io::Result<Vec<Listed>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else { continue };
        let kind = entry.file_type()?;
        let is_link = kind.is_symlink();
        let is_folder = if is_link { is_folder(&entry.path()) } else { kind.is_dir() };
        names.push(Listed { name, is_folder, is_link });
    }
    names.sort_unstable();
    Ok(names)
}

/// What was changed in `folder` at or after `since`: its files, and itself where one came or went. Nothing where it can't
/// be read.
pub fn changed_since(folder: &Path, since: SystemTime) -> Vec<PathBuf> {
    let entries = list(folder).unwrap_or_default().into_iter();
    let files = entries.filter(|entry| !entry.is_folder).map(|entry| folder.join(entry.name));
    let is_changed = |path: &PathBuf| {
        let modified = fs::metadata(path).and_then(|metadata| metadata.modified());
        modified.is_ok_and(|modified| modified >= since)
    };
    std::iter::once(folder.to_owned()).chain(files).filter(is_changed).collect()
}

/// Whether `path` is a folder, links followed.
pub fn is_folder(path: &Path) -> bool {
    kind(path).is_ok_and(|kind| kind == Kind::Folder)
}

/// Replaces the text of a file that was read as `before`: a temporary file beside the target (links resolved) is
/// synced and renamed over it, its mode kept. Refuses where the content is no longer `before`.
pub fn replace(path: &Path, before: &str, after: &str) -> Result<(), WriteError> {
    let failed = |error| WriteError::Io(path.to_owned(), error);
    let target = fs::canonicalize(path).map_err(failed)?;
    if read_text(&target).ok().as_deref() != Some(before) {
        return Err(WriteError::Changed(path.to_owned()));
    }
    let mode = fs::metadata(&target).map_err(failed)?.permissions();
    if mode.readonly() {
        return Err(failed(io::ErrorKind::PermissionDenied.into()));
    }
    let temporary = temporary_beside(&target, after).map_err(failed)?;
    temporary.as_file().set_permissions(mode).map_err(failed)?;
    if read_text(&target).ok().as_deref() != Some(before) {
        return Err(WriteError::Changed(path.to_owned()));
    }
    temporary.persist(&target).map_err(|error| failed(error.error))?;
    sync_folder_of(&target);
    Ok(())
}

/// Writes a file of the tool's own (a baseline, a fixed copy) the same way, whatever was there; makes its folders.
pub fn write(path: &Path, text: &str) -> Result<(), WriteError> {
    let failed = |error| WriteError::Io(path.to_owned(), error);
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(failed)?;
    }
    let temporary = temporary_beside(&target, text).map_err(failed)?;
    temporary.as_file().set_permissions(mode_of(&target).map_err(failed)?).map_err(failed)?;
    temporary.persist(&target).map_err(|error| failed(error.error))?;
    sync_folder_of(&target);
    Ok(())
}

/// Writes a file that must not exist yet (`cachelint init`).
pub fn create(path: &Path, text: &str) -> Result<(), WriteError> {
    let failed = |error: io::Error| match error.kind() {
        io::ErrorKind::AlreadyExists => WriteError::Exists(path.to_owned()),
        _ => WriteError::Io(path.to_owned(), error),
    };
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.sync_all()).map_err(failed)
}

fn temporary_beside(target: &Path, text: &str) -> io::Result<tempfile::NamedTempFile> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut temporary = tempfile::Builder::new().prefix(".cachelint-").tempfile_in(folder)?;
    temporary.write_all(text.as_bytes())?;
    temporary.as_file().sync_all()?;
    Ok(temporary)
}

/// The mode of the file at `target`; one that is not there is made, empty, so that the process's umask decides.
fn mode_of(target: &Path) -> io::Result<fs::Permissions> {
    if kind(target).is_ok_and(|kind| kind != Kind::File) {
        return Err(io::ErrorKind::InvalidInput.into());
    }
    let file = OpenOptions::new().append(true).create(true).open(target)?;
    Ok(file.metadata()?.permissions())
}

/// Makes the rename last; a system that can't sync a folder loses nothing but that.
fn sync_folder_of(target: &Path) {
    if let Some(Ok(folder)) = target.parent().map(File::open) {
        folder.sync_all().unwrap_or_default();
    }
}

/// Whether `path` itself is a link.
pub fn is_link(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|metadata| metadata.file_type().is_symlink())
}
