//! Values of the configuration that are checked as they are read, so that an error has the value's own place.

use std::borrow::Cow;
use std::fmt;

use cachelint_lint::{Algorithm, CDNS, Cdn, Level, Strategy, VersionSource, rules};
use cachelint_syntax::{Dialect, HelperKind, Versioning};
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::{Deserialize, Deserializer, Error, Visitor};

use super::error::nearest;

/// Reads a string by a check whose error has the string's own place.
struct Checked<T>(fn(&str) -> Result<T, String>);

impl<T> Visitor<'_> for Checked<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        self.0(text).map_err(E::custom)
    }
}

/// A value that is written as a string of its own syntax.
macro_rules! checked_string {
    ($(#[$meta:meta])* $name:ident($inner:ty), $check:expr, $schema:expr) => {
        $(#[$meta])*
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub(super) struct $name(
            /// The checked value.
            pub $inner,
        );

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                deserializer.deserialize_str(Checked($check)).map(Self)
            }
        }

        impl JsonSchema for $name {
            fn schema_name() -> Cow<'static, str> {
                stringify!($name).into()
            }

            fn inline_schema() -> bool {
                true
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                $schema
            }
        }
    };
}

checked_string! {
    /// A glob that compiles.
    #[derive(PartialOrd, Ord)]
    GlobText(String), checked_glob, json_schema!({ "type": "string" })
}
checked_string! {
    /// The URL prefix of a static root, with its trailing slash.
    #[derive(PartialOrd, Ord)]
    UrlPrefix(String), checked_prefix, json_schema!({ "type": "string", "pattern": "^(/|https?://)" })
}
checked_string! {
    /// The name of a rule.
    #[derive(PartialOrd, Ord)]
    RuleName(String), checked_rule, json_schema!({ "type": "string", "enum": rule_names().collect::<Vec<_>>() })
}
checked_string! {
    /// A level by name.
    LevelName(Level), |text| one_of("level", text, LEVELS), names(LEVELS)
}
checked_string! {
    /// A dialect by name.
    DialectName(Dialect), |text| one_of("dialect", text, DIALECTS), names(DIALECTS)
}
checked_string! {
    /// A CDN by name.
    CdnName(Cdn), checked_cdn, json_schema!({ "type": "string", "enum": cdn_names().collect::<Vec<_>>() })
}
checked_string! {
    /// A digest algorithm by name.
    AlgorithmName(Algorithm), |text| one_of("algorithm", text, ALGORITHMS), names(ALGORITHMS)
}
checked_string! {
    /// What a version is made of, by name.
    SourceName(VersionSource), |text| one_of("source", text, SOURCES), names(SOURCES)
}
checked_string! {
    /// A strategy by name.
    StrategyName(Strategy), |text| one_of("strategy", text, STRATEGIES), names(STRATEGIES)
}
checked_string! {
    /// A kind of helper by name.
    HelperKindName(HelperKind), |text| one_of("kind", text, HELPER_KINDS), names(HELPER_KINDS)
}
checked_string! {
    /// Whether a helper's URL changes with the file, by name.
    VersionsName(Versioning), |text| one_of("value", text, VERSIONS), names(VERSIONS)
}
checked_string! {
    /// The line endings that text assets are hashed with, by name.
    LineEndingsName(LineEndings), |text| one_of("value", text, LINE_ENDINGS), names(LINE_ENDINGS)
}

/// How the bytes of a text asset are read for its digest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum LineEndings {
    /// As they are.
    #[default]
    AsIs,
    /// With `\r\n` read as `\n`, as a checkout on another system has it.
    Lf,
}

type Names<T> = &'static [(&'static str, T)];

const LEVELS: Names<Level> = &[
    ("off", Level::Off),
    ("hint", Level::Hint),
    ("info", Level::Info),
    ("warning", Level::Warning),
    ("error", Level::Error),
];
const DIALECTS: Names<Dialect> = &[
    ("jinja", Dialect::Jinja),
    ("nunjucks", Dialect::Nunjucks),
    ("twig", Dialect::Twig),
    ("django", Dialect::Django),
    ("liquid", Dialect::Liquid),
    ("tornado", Dialect::Tornado),
    ("plain", Dialect::Plain),
];
const ALGORITHMS: Names<Algorithm> =
    &[("sha256", Algorithm::Sha256), ("sha1", Algorithm::Sha1), ("md5", Algorithm::Md5)];
const SOURCES: Names<VersionSource> =
    &[("content", VersionSource::Content), ("git", VersionSource::Git), ("mtime", VersionSource::Modified)];
const STRATEGIES: Names<Strategy> = &[
    ("auto", Strategy::Auto),
    ("query", Strategy::Query),
    ("filename", Strategy::FileName),
    ("helper", Strategy::Helper),
];
const HELPER_KINDS: Names<HelperKind> = &[
    ("call", HelperKind::Call),
    ("tag", HelperKind::Tag),
    ("filter", HelperKind::Filter),
    ("prefix", HelperKind::Prefix),
    ("block", HelperKind::Block),
    ("subscript", HelperKind::Subscript),
];
const VERSIONS: Names<Versioning> =
    &[("never", Versioning::Never), ("always", Versioning::Always), ("project", Versioning::Project)];
const LINE_ENDINGS: Names<LineEndings> = &[("as-is", LineEndings::AsIs), ("lf", LineEndings::Lf)];

fn one_of<T: Copy>(what: &str, text: &str, names: Names<T>) -> Result<T, String> {
    let found = names.iter().find(|(name, _)| *name == text);
    found.map(|&(_, value)| value).ok_or_else(|| unknown(what, text, names.iter().map(|(name, _)| *name)))
}

fn cdn_names() -> impl Iterator<Item = &'static str> + Clone {
    CDNS.iter().map(|cdn| cdn.name)
}

fn checked_cdn(text: &str) -> Result<Cdn, String> {
    let found = CDNS.iter().copied().find(|cdn| cdn.name == text);
    found.ok_or_else(|| unknown("CDN", text, cdn_names()))
}

fn rule_names() -> impl Iterator<Item = &'static str> + Clone {
    rules::ALL.iter().map(|rule| rule.name)
}

fn checked_rule(text: &str) -> Result<String, String> {
    match rules::find(text) {
        Some(rule) => Ok(rule.name.to_owned()),
        None => Err(unknown("rule", text, rule_names())),
    }
}

/// What is said of a name that is none of `names`.
fn unknown<'a>(what: &str, text: &str, names: impl Iterator<Item = &'a str> + Clone) -> String {
    let hint = match nearest(text, names.clone()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected {}", names.collect::<Vec<_>>().join(", ")),
    };
    format!("unknown {what} `{text}`; {hint}")
}

fn names<T>(names: Names<T>) -> Schema {
    let names: Vec<&str> = names.iter().map(|(name, _)| *name).collect();
    json_schema!({ "type": "string", "enum": names })
}

fn checked_glob(text: &str) -> Result<String, String> {
    match globset::Glob::new(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!("`{text}` is no glob: {}", error.kind())),
    }
}

fn checked_prefix(text: &str) -> Result<String, String> {
    let rooted = text.starts_with('/') || text.starts_with("http://") || text.starts_with("https://");
    match rooted {
        true if text.ends_with('/') => Ok(text.to_owned()),
        true => Ok(format!("{text}/")),
        false => Err(format!("`{text}` is no URL prefix; one begins with / or https://")),
    }
}

/// A number of hexadecimal characters, 4 to 64.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(try_from = "i64")]
pub(super) struct HexLength(
    /// The number.
    pub usize,
);

impl TryFrom<i64> for HexLength {
    type Error = String;

    fn try_from(number: i64) -> Result<Self, String> {
        match usize::try_from(number) {
            Ok(number @ 4..=64) => Ok(Self(number)),
            _ => Err(format!("{number} is out of range; a version has 4 to 64 characters")),
        }
    }
}

impl JsonSchema for HexLength {
    fn schema_name() -> Cow<'static, str> {
        "HexLength".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "integer", "minimum": 4, "maximum": 64 })
    }
}

/// A number of bytes, written as a number or with a unit: `"64 MB"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Size(
    /// In bytes.
    pub u64,
);

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(SizeVisitor)
    }
}

struct SizeVisitor;

impl Visitor<'_> for SizeVisitor {
    type Value = Size;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a number of bytes or a size like \"64 MB\"")
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<Size, E> {
        u64::try_from(number).map(Size).map_err(|_| E::custom("a size is not negative"))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Size, E> {
        size(text).map(Size).ok_or_else(|| E::custom(format!("`{text}` is no size; write it like \"64 MB\"")))
    }
}

fn size(text: &str) -> Option<u64> {
    let digits = text.trim_end_matches(|character: char| !character.is_ascii_digit());
    let unit = match text[digits.len()..].trim().to_ascii_uppercase().as_str() {
        "" | "B" => 1,
        "KB" => 1_000,
        "MB" => 1_000_000,
        "GB" => 1_000_000_000,
        "KIB" => 1 << 10,
        "MIB" => 1 << 20,
        "GIB" => 1 << 30,
        _ => return None,
    };
    digits.trim().parse::<u64>().ok()?.checked_mul(unit)
}

impl JsonSchema for Size {
    fn schema_name() -> Cow<'static, str> {
        "Size".into()
    }

    fn inline_schema() -> bool {
        true
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "anyOf": [{ "type": "integer", "minimum": 0 }, { "type": "string" }] })
    }
}
