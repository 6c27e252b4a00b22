//! The version a reference carries, and where it is written.

pub(crate) mod clock;
pub mod digest;
pub mod names;
pub mod values;

use std::borrow::Cow;

use cachelint_syntax::{Argument, HelperUse, Literal, Piece, QueryPair, Reference, Span};

use crate::{Algorithm, Resolved, Settings, VersionSource};
use names::NameVersion;
use values::KeyMeaning;

/// How a version is carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Carrier {
    /// A pair of the query: `?v=1a2b3c4d`.
    Query,
    /// A query without a key: `?1a2b3c4d`.
    Keyless,
    /// A keyword argument of a call that makes a query of it: `url_for('static', filename='a.css', v='1')`.
    Keyword,
    /// An argument of a chained `include_query_params(v='1')`.
    Chained,
    /// A fingerprint in the file name: `app.3f2a9c1b.js`.
    FileName,
    /// A date in the file name: `logo-20240608.png`.
    Date,
    /// A release number in the file name or the path: `jquery-3.6.0.min.js`.
    Release,
}

/// A version as written in a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// How it is carried.
    pub carrier: Carrier,
    /// Its parameter; empty without one.
    pub key: String,
    /// Its value (empty for `?v=`); `None` where it is an expression.
    pub value: Option<String>,
    /// Where the value stands: of an argument with its quotes.
    pub value_span: Span,
    /// Where it stands with its parameter: `v=1a2b3c4d`.
    pub span: Span,
}

impl Written {
    /// As people see it: `?v=1`, `v='1'`, or the fingerprint alone.
    pub fn shown(&self) -> String {
        let value = self.value.as_deref().unwrap_or("…");
        match self.carrier {
            Carrier::Query => format!("?{}={value}", self.key),
            Carrier::Keyless => format!("?{value}"),
            Carrier::Keyword | Carrier::Chained => format!("{}='{value}'", self.key),
            Carrier::FileName | Carrier::Date | Carrier::Release => value.to_owned(),
        }
    }

    /// Its value in `text`, its source, without the output around it: `version` of `{{ version }}`.
    pub fn expression<'a>(&self, text: &'a str) -> &'a str {
        self.value_span.of(text).trim_matches(['{', '}', '-', '+', ' '])
    }

    /// Whether a fix can replace it where it stands.
    pub const fn is_replaceable(&self) -> bool {
        matches!(self.carrier, Carrier::Query | Carrier::Keyless | Carrier::Keyword | Carrier::Chained)
    }
}

/// The version of a reference that carries these values: of several the one in the project's parameter, else the one
/// whose parameter says most; `None` without one.
pub fn most_telling<'a>(all: &'a [Written], settings: &Settings) -> Option<&'a Written> {
    let versions = all.iter().filter(|written| meaning(written, settings) != KeyMeaning::Other);
    versions.max_by_key(|written| std::cmp::Reverse(meaning(written, settings)))
}

/// The version that stands behind a call of `url_for`: `{{ url_for('static', filename='a.css') }}?v=1`.
pub fn behind_url_for<'a>(resolved: &'a Resolved, settings: &Settings) -> Option<&'a Written> {
    let reference = &resolved.reference;
    reference.helper().filter(|helper| helper.name == "url_for")?;
    let behind = reference.url.query()?;
    resolved.version(settings).filter(|version| behind.pairs.iter().any(|pair| pair.span() == version.span))
}

/// Whether a reference that carries these values must be compared with every digest of its asset
/// ([`Digests::others`](crate::Digests::others)).
pub fn needs_all_digests(written: &[Written], settings: &Settings) -> bool {
    settings.version.source == VersionSource::Git
        || settings.version.algorithm != Algorithm::Sha256
        || written.iter().any(|written| written.value.as_deref().is_some_and(values::may_be_digest))
}

/// Every value that a reference carries beside the path, versions or not, in the order of the source; then what its
/// file name holds.
pub fn all_written(reference: &Reference) -> Vec<Written> {
    let mut found = Vec::new();
    let urls = [Some(&reference.url), reference.helper().and_then(|helper| helper.path.as_ref())];
    for url in urls.into_iter().flatten() {
        found.extend(url.query().into_iter().flat_map(|query| query.pairs).map(from_pair));
    }
    if let Some(helper) = reference.helper() {
        found.extend(from_call(helper));
    }
    found.extend(from_path(reference));
    found
}

/// The part of a reference's path that is literal to the end, where its file name stands.
pub fn literal_path(reference: &Reference) -> Option<Literal> {
    let (literal, length) = path_end(reference)?;
    Some(literal.slice(0, length))
}

/// Where that path stands.
pub(crate) fn literal_path_span(reference: &Reference) -> Option<Span> {
    let (literal, length) = path_end(reference)?;
    Some(Span::new(literal.span.start, literal.source_offset(length)))
}

/// The literal that a reference's path ends in, and how many of its bytes are of the path.
fn path_end(reference: &Reference) -> Option<(&Literal, usize)> {
    let end = match reference.url.path_end()? {
        (Piece::Helper(helper), _) => helper.path.as_ref()?.path_end()?,
        own => own,
    };
    match end {
        (Piece::Literal(literal), length) => Some((literal, length)),
        _ => None,
    }
}

fn meaning(written: &Written, settings: &Settings) -> KeyMeaning {
    match written.carrier {
        Carrier::FileName | Carrier::Date | Carrier::Release => KeyMeaning::Name,
        Carrier::Keyless => values::keyless(written.value.as_deref()),
        _ if is_own_parameter(&written.key, settings) => KeyMeaning::Own,
        _ => values::key(&written.key, written.value.as_deref()),
    }
}

/// Whether `key` is the parameter that fixes write in this project.
pub(crate) fn is_own_parameter(key: &str, settings: &Settings) -> bool {
    key == settings.version.parameter || settings.habit.parameter.as_deref() == Some(key)
}

fn from_pair(pair: QueryPair) -> Written {
    Written {
        carrier: if pair.key.is_empty() { Carrier::Keyless } else { Carrier::Query },
        span: pair.span(),
        key: pair.key,
        value: pair.value.into_text(),
        value_span: pair.value_span,
    }
}

fn from_call(helper: &HelperUse) -> impl Iterator<Item = Written> {
    let own = helper.arguments.iter().filter(|_| helper.endpoint.is_some());
    let chained = helper.chain.iter().filter(|call| call.name.ends_with("_query_params"));
    own.filter_map(|argument| from_argument(argument, Carrier::Keyword))
        .chain(chained.flat_map(|call| &call.arguments).filter_map(|it| from_argument(it, Carrier::Chained)))
}

fn from_argument(argument: &Argument, carrier: Carrier) -> Option<Written> {
    let key = argument.name.as_deref()?;
    if ["filename", "path", "_external", "_anchor", "_scheme", "_method", "endpoint"].contains(&key) {
        return None;
    }
    Some(Written {
        carrier,
        key: key.to_owned(),
        value: argument.value.as_text().map(Cow::into_owned),
        value_span: argument.value_span,
        span: argument.span,
    })
}

fn from_path(reference: &Reference) -> Option<Written> {
    let (path, length) = path_end(reference)?;
    let (version, range) = names::path_version(&path.text[..length])?;
    let carrier = match version {
        NameVersion::Fingerprint => Carrier::FileName,
        NameVersion::Date => Carrier::Date,
        NameVersion::Release => Carrier::Release,
    };
    let literal = path.slice(range.start, range.end);
    Some(Written {
        carrier,
        key: String::new(),
        value: Some(literal.text.clone()),
        value_span: literal.span,
        span: literal.span,
    })
}
