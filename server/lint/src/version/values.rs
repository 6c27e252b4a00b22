//! What the parameters and values of queries mean: measured classifiers, none of which looks at a file.

use cachelint_syntax::case::in_lower_case;

/// What a query's parameter says of its value, the surest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum KeyMeaning {
    /// The parameter that this project's versions are written in.
    Own,
    /// A parameter that holds a version whatever its value: `ver`, `rev`, `cachebust`.
    Version,
    /// A parameter that holds something else as often; its value looks like a version.
    Value,
    /// No parameter: the file name or the path holds it.
    Name,
    /// No version.
    Other,
}

/// What a version's value looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// Nothing is written.
    Empty,
    /// A digest, or part of one.
    Digest,
    /// A time stamp of ten or thirteen digits.
    Epoch,
    /// A number, a date, a release, a word.
    Manual,
}

/// Parameters that hold a version and nothing else.
static VERSION_KEYS: [&str; 23] = [
    "v",
    "ver",
    "version",
    "vsn",
    "_v",
    "_",
    "ts",
    "hash",
    "rev",
    "revision",
    "cb",
    "cachebust",
    "cache_bust",
    "cachebuster",
    "cache_buster",
    "cache",
    "bust",
    "buster",
    "build",
    "updated",
    "digest",
    "modified",
    "nocache",
];

/// Parameters that hold a version in some projects and something else in others.
static SHARED_KEYS: [&str; 7] = ["q", "h", "t", "id", "c", "m", "s"];

/// Parameters that choose what is served.
static OTHER_KEYS: [&str; 16] = [
    "id", "family", "display", "page", "native", "token", "hl", "lang", "locale", "size", "w", "width",
    "height", "format", "theme", "text",
];

/// What a parameter says of its value (`None`: an expression).
pub(crate) fn key(key: &str, value: Option<&str>) -> KeyMeaning {
    let lower = in_lower_case(key);
    let telling = ["bust", "hash", "digest", "version", "timestamp"].iter().any(|word| lower.contains(word));
    if telling || VERSION_KEYS.contains(&&*lower) {
        return KeyMeaning::Version;
    }
    match value {
        None if !OTHER_KEYS.contains(&&*lower) => KeyMeaning::Value,
        Some(value) if is_hex_digest(value) => KeyMeaning::Value,
        Some(value) if SHARED_KEYS.contains(&&*lower) && shape(value) != Shape::Manual => KeyMeaning::Value,
        _ => KeyMeaning::Other,
    }
}

/// What a query without a parameter means (`None`: an expression).
pub(crate) fn keyless(value: Option<&str>) -> KeyMeaning {
    let Some(value) = value else { return KeyMeaning::Version };
    let numbered = value.strip_prefix('v').unwrap_or(value).starts_with(|first: char| first.is_ascii_digit());
    if numbered || shape(value) == Shape::Digest { KeyMeaning::Value } else { KeyMeaning::Other }
}

/// What a version's value looks like.
pub(crate) fn shape(value: &str) -> Shape {
    let digits = value.bytes().all(|byte| byte.is_ascii_digit());
    match value.len() {
        0 => Shape::Empty,
        10 | 13 if digits => Shape::Epoch,
        5..=64 if is_hex(value) && has_digit_and_letter(value) => Shape::Digest,
        8..=128 if is_mixed(value) => Shape::Digest,
        128 if is_hex(value) => Shape::Digest,
        _ => Shape::Manual,
    }
}

/// Whether a value is long enough, and of the right characters, to be compared with digests.
pub(crate) fn may_be_digest(value: &str) -> bool {
    (4..=128).contains(&value.len()) && value.bytes().all(is_base64url)
}

/// Whether it is eight hexadecimal characters or more with a digit and a letter: measured on 19,228 asset names of
/// libraries, none of which passes.
pub(crate) fn is_hex_digest(value: &str) -> bool {
    (8..=128).contains(&value.len()) && is_hex(value) && has_digit_and_letter(value)
}

/// Whether all of it is hexadecimal in lower case.
pub(crate) fn is_hex(value: &str) -> bool {
    value.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Whether it mixes upper case with another class of base64url characters and is no `CamelCase` word.
pub(crate) fn is_mixed(value: &str) -> bool {
    let upper = value.bytes().filter(u8::is_ascii_uppercase).count();
    value.bytes().all(is_base64url) && upper > 0 && upper < value.len() && !is_camel_case(value)
}

fn has_digit_and_letter(value: &str) -> bool {
    value.bytes().any(|byte| byte.is_ascii_digit()) && value.bytes().any(|byte| byte.is_ascii_alphabetic())
}

const fn is_base64url(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')
}

/// Whether it is made of words: `JavaScript`, `camelCase2`, `Chart-Bar`, `README`.
fn is_camel_case(value: &str) -> bool {
    value.split(['-', '_']).all(|part| {
        let word = part.trim_end_matches(|last: char| last.is_ascii_digit());
        let alphabetic = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        alphabetic && word.len() > 1 && (is_one_case(word) || has_long_humps(word))
    })
}

fn is_one_case(word: &str) -> bool {
    word.bytes().all(|byte| byte.is_ascii_uppercase())
        || word.bytes().skip(1).all(|byte| byte.is_ascii_lowercase())
}

/// Whether every capital is followed by at least two small letters.
fn has_long_humps(word: &str) -> bool {
    let capital = |byte: &u8| byte.is_ascii_uppercase();
    let bytes = word.as_bytes();
    (0..bytes.len()).filter(|&at| capital(&bytes[at])).all(|at| {
        let tail = &bytes[at + 1..];
        tail.iter().take_while(|byte| byte.is_ascii_lowercase()).count() >= 2
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_have_the_shape_that_was_measured() {
        let table = [
            ("", Shape::Empty),
            ("1", Shape::Manual),
            ("1.2", Shape::Manual),
            ("2024-06-01", Shape::Manual),
            ("20240601", Shape::Manual),
            ("20260715-panel-controls", Shape::Manual),
            ("beta", Shape::Manual),
            ("facade", Shape::Manual),
            ("1718000000", Shape::Epoch),
            ("1718000000123", Shape::Epoch),
            ("0ebcd", Shape::Digest),
            ("0ebcd2e1", Shape::Digest),
            ("db37b280241c", Shape::Digest),
            ("Dhu2pmiS", Shape::Digest),
            ("D-tfNpnx", Shape::Digest),
            ("47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU", Shape::Digest),
            ("JavaScript", Shape::Manual),
        ];
        for (value, expected) in table {
            assert_eq!(shape(value), expected, "{value}");
        }
    }

    #[test]
    fn parameters_tell_versions_from_choices() {
        let hash = "d41d8cd98f00b204e9800998ecf8427e";
        let table = [
            ("v", Some("1"), KeyMeaning::Version),
            ("cachebust", Some("2"), KeyMeaning::Version),
            ("ckcachebust", Some("x"), KeyMeaning::Version),
            ("id", Some("12"), KeyMeaning::Other),
            ("id", Some(hash), KeyMeaning::Value),
            ("id", None, KeyMeaning::Other),
            ("q", Some("cats"), KeyMeaning::Other),
            ("q", Some("1718000000"), KeyMeaning::Value),
            ("family", Some("Inter"), KeyMeaning::Other),
            ("family", None, KeyMeaning::Other),
            ("page", Some("2"), KeyMeaning::Other),
            ("native", Some("1"), KeyMeaning::Other),
            ("stamp", None, KeyMeaning::Value),
        ];
        for (name, value, expected) in table {
            assert_eq!(key(name, value), expected, "{name}={value:?}");
        }
    }

    #[test]
    fn a_query_without_a_parameter_is_a_version_if_it_looks_like_one() {
        let versions = [None, Some("0ebcd2e1"), Some("v1.0.32"), Some("1"), Some("20240601")];
        for value in versions {
            assert_ne!(keyless(value), KeyMeaning::Other, "{value:?}");
        }
        for value in ["iefix", "raw", "url", "inline", ""] {
            assert_eq!(keyless(Some(value)), KeyMeaning::Other, "{value}");
        }
    }
}
