//! Digests as text: the version a fix writes, and whether a written one matches the file.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use cachelint_syntax::case::in_lower_case;

use crate::{Algorithm, Digests, VersionSettings, VersionSource};

use super::values::is_hex;

/// The fewest hexadecimal characters that count as a match.
const LEAST_HEX: usize = 7;
/// The fewest base64url characters that count as a match.
const LEAST_BASE64: usize = 6;

/// The version of an asset under the settings: so many hexadecimal characters of its digest. `None` where that
/// digest was not computed.
pub fn stamp(digests: &Digests, settings: &VersionSettings) -> Option<String> {
    Some(digits(stamped(digests, settings)?).take(settings.length).collect())
}

/// The digest that versions are cut from under the settings.
fn stamped<'a>(digests: &'a Digests, settings: &VersionSettings) -> Option<&'a [u8]> {
    let same = || digests.others.iter().find(|other| other.sha256 == digests.sha256);
    Some(match (settings.source, settings.algorithm) {
        (VersionSource::Git, _) => same()?.blob.as_ref()?,
        (_, Algorithm::Sha256) => &digests.sha256,
        (_, Algorithm::Sha1) => &same()?.sha1,
        (_, Algorithm::Md5) => &same()?.md5,
    })
}

/// Whether `value` is the beginning of one of the digests, and long enough to be no accident.
pub fn matches(value: &str, digests: &Digests, settings: &VersionSettings) -> bool {
    let is_stamp = || stamped(digests, settings).is_some_and(|bytes| begins(bytes, value));
    if value.len() == settings.length && is_stamp() {
        return true;
    }
    let lower = in_lower_case(value);
    let as_hex = value.len() >= LEAST_HEX && is_hex(&lower);
    let as_base64 = value.len() >= LEAST_BASE64;
    // Three bytes make four characters: no more of them than the value has need be encoded, and mostly no more than that.
    let begins_base64 = |bytes: &[u8]| {
        let mut first = [0; 4];
        let may = URL_SAFE_NO_PAD.encode_slice(&bytes[..3], &mut first).is_ok()
            && value.as_bytes().starts_with(&first);
        let least = bytes.len().min(value.len().div_ceil(4) * 3);
        may && URL_SAFE_NO_PAD.encode(&bytes[..least]).starts_with(value)
    };
    all(digests).any(|bytes| (as_hex && begins(bytes, &lower)) || (as_base64 && begins_base64(bytes)))
}

/// Whether the bytes in hexadecimal begin with `value`.
fn begins(bytes: &[u8], value: &str) -> bool {
    let mut own = digits(bytes);
    value.chars().all(|digit| own.next() == Some(digit))
}

/// Whether `value` has the form of a version that a fix writes under the settings.
pub(crate) fn is_stamp(value: &str, settings: &VersionSettings) -> bool {
    value.len() == settings.length && is_hex(value)
}

/// Bytes in hexadecimal, lower case.
pub fn hex(bytes: &[u8]) -> String {
    digits(bytes).collect()
}

fn digits(bytes: &[u8]) -> impl Iterator<Item = char> {
    let halves = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    halves.map(|digit| char::from(b"0123456789abcdef"[usize::from(digit)]))
}

fn all(digests: &Digests) -> impl Iterator<Item = &[u8]> {
    let others = digests.others.iter().flat_map(|other| {
        let always = [other.sha256.as_slice(), &other.sha1, &other.md5];
        always.into_iter().chain(other.blob.as_ref().map(<[u8; 20]>::as_slice))
    });
    std::iter::once(digests.sha256.as_slice()).chain(others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::TextDigests;

    fn digests() -> Digests {
        let other = TextDigests {
            sha256: [0x3f; 32],
            sha1: [0x12; 20],
            md5: [0xfb; 16],
            blob: Some([0x45; 20]),
            strong: None,
        };
        Digests { sha256: [0x3f; 32], others: vec![other] }
    }

    #[test]
    fn a_stamp_is_cut_from_the_configured_digest() {
        use VersionSource::{Content, Git, Modified};
        let table = [
            (Content, Algorithm::Sha256, 8, "3f3f3f3f"),
            (Content, Algorithm::Sha1, 6, "121212"),
            (Content, Algorithm::Md5, 64, "fbfbfbfbfbfbfbfbfbfbfbfbfbfbfbfb"),
            (Git, Algorithm::Sha256, 8, "45454545"),
            (Modified, Algorithm::Sha256, 8, "3f3f3f3f"),
        ];
        for (source, algorithm, length, expected) in table {
            let settings = VersionSettings { source, algorithm, length, ..VersionSettings::default() };
            assert_eq!(stamp(&digests(), &settings).as_deref(), Some(expected));
        }
    }

    #[test]
    fn a_value_matches_as_the_beginning_of_a_digest() {
        let settings = VersionSettings::default();
        let table = [
            ("3f3f3f3", true),
            ("3F3F3F3F", true),
            ("3f3f3f", false),
            ("1212121", true),
            ("4545454", true),
            ("fbfbfbfbfbfb", true),
            ("-_v7-_", true),
            ("-_v7-", false),
            ("3f3f3f30", false),
            ("", false),
        ];
        for (value, expected) in table {
            assert_eq!(matches(value, &digests(), &settings), expected, "{value}");
        }
        let short = VersionSettings { length: 4, ..settings };
        assert!(matches("3f3f", &digests(), &short));
    }
}
