//! Git LFS pointer files, which stand in the place of large files that were not fetched.

/// What a pointer file says of the file it stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Pointer {
    /// Its SHA-256.
    pub(crate) sha256: [u8; 32],
    /// Its size in bytes.
    pub(crate) size: u64,
}

/// Reads a file's whole content as a pointer (git-lfs, docs/spec.md: under 1024 bytes, `version` first).
pub(crate) fn pointer(content: &[u8]) -> Option<Pointer> {
    if content.len() >= 1024 || !content.starts_with(b"version https://git-lfs.github.com/spec/") {
        return None;
    }
    let text = std::str::from_utf8(content).ok()?;
    let value = |key: &str| text.lines().find_map(|line| line.strip_prefix(key));
    Some(Pointer { sha256: from_hex(value("oid sha256:")?)?, size: value("size ")?.parse().ok()? })
}

fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits = (text.len() == 64 && text.is_ascii()).then_some(text)?;
    let mut bytes = [0; 32];
    for (number, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&digits[2 * number..2 * number + 2], 16).ok()?;
    }
    Some(bytes)
}
