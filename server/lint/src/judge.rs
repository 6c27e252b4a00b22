//! The status of a reference: pure judgement of what it names and the version it carries.

use crate::exempt::{exemption, hides_absence};
use crate::version::digest::{is_stamp, matches, stamp};
use crate::version::values::{self, Shape};
use crate::version::{Carrier, Written, is_own_parameter};
use crate::{Asset, AtRuntime, Listed, ListedState, Resolved, Settings, Status, Target};
use cachelint_syntax::{HelperUse, Place, Versioning};

/// What is known of one reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Its status.
    pub status: Status,
    /// Why, for people, where the status alone does not say it.
    pub reason: Option<String>,
    /// The version it carries, whatever its status.
    pub written: Option<Written>,
}

/// Judges a reference. What is never loaded comes first, then what can't be known, then what is left alone, then
/// the version: against the file's digests, then by its form.
pub fn judge(resolved: &Resolved, settings: &Settings) -> Judgement {
    let own = Carried { written: resolved.version(settings), fresh: fresh(resolved, settings) };
    let before = before_version(resolved, own.written, settings);
    let (status, reason) = before.unwrap_or_else(|| match resolved.asset() {
        Some(asset) => by_version(resolved, asset, &own, settings),
        None => (Status::Unknown, None),
    });
    let written = own.fresh.filter(|_| status == Status::Versioned).or(own.written).cloned();
    Judgement { status, reason, written }
}

pub(crate) type Verdict = (Status, Option<String>);

/// What a reference carries beside its path.
struct Carried<'a> {
    /// The version.
    written: Option<&'a Written>,
    /// The value that matches the file, if one does.
    fresh: Option<&'a Written>,
}

/// What can be said without looking at the version.
fn before_version(resolved: &Resolved, written: Option<&Written>, settings: &Settings) -> Option<Verdict> {
    let reference = &resolved.reference;
    if let Some(inert) = reference.inert {
        return Some((Status::Inert, Some(inert.reason().to_owned())));
    }
    if resolved.target == Target::External {
        return Some((Status::External, None));
    }
    if let Some(reason) = settings.exempt.as_ref().or(resolved.exempt.as_ref()) {
        return Some((Status::Exempt, Some(reason.clone())));
    }
    if resolved.reference.helper().is_none()
        && let Some(verdict) = runtime(resolved)
    {
        return Some(verdict);
    }
    let exempt = exemption(resolved);
    let missing = match &resolved.target {
        Target::Missing(missing) if exempt.is_none() || !hides_absence(resolved) => Some(missing),
        _ => None,
    };
    if let Some(missing) = missing {
        return Some((Status::Missing, missing.excuse.clone()));
    }
    if let Some(on_disk) = resolved.asset().and_then(|asset| asset.case_on_disk.as_ref()) {
        return Some((Status::Missing, Some(format!("it is {on_disk} on disk"))));
    }
    if let Some(reason) = exempt {
        return Some((Status::Exempt, Some(reason.to_owned())));
    }
    match &resolved.target {
        Target::Unchecked(reason) => Some((Status::Unchecked, Some(reason.clone()))),
        Target::Dynamic(reason) => Some((Status::Dynamic, Some(reason.clone()))),
        Target::Unknown(reason) => Some(unknown(resolved, reason, written)),
        Target::Page(reason) => Some((Status::Exempt, Some(reason.clone()))),
        _ => None,
    }
}

/// A URL that the project makes; what adds a version when the page is rendered speaks first, then a version beside it.
fn unknown(resolved: &Resolved, reason: &str, written: Option<&Written>) -> Verdict {
    let beside = || {
        let dynamic = written.is_some_and(|written| written.value.is_none());
        dynamic.then(|| (Status::Versioned, Some(DYNAMIC.to_owned())))
    };
    runtime(resolved).or_else(beside).unwrap_or_else(|| (Status::Unknown, Some(reason.to_owned())))
}

const DYNAMIC: &str = "the version is an expression";

/// Versioned when the page is rendered or built: by what the project says, or by a helper that always adds a version.
pub(crate) fn runtime(resolved: &Resolved) -> Option<Verdict> {
    let always = |helper: &&HelperUse| helper.versioning == Some(Versioning::Always);
    let reason = match (&resolved.at_runtime, resolved.reference.helper().filter(always)) {
        (AtRuntime::Versioned(origin), _) => format!("by {}", origin.phrase()),
        (AtRuntime::Unread, Some(helper)) => format!("{} adds the version", helper.name),
        (AtRuntime::Unread | AtRuntime::Plain(_) | AtRuntime::Kept(_), _) => return None,
    };
    Some((Status::Runtime, Some(reason)))
}

fn by_version(resolved: &Resolved, asset: &Asset, own: &Carried<'_>, settings: &Settings) -> Verdict {
    if let (AtRuntime::Unread | AtRuntime::Plain(_), Some(listed)) = (&resolved.at_runtime, &resolved.listed)
    {
        return by_manifest(listed);
    }
    if own.fresh.is_some() {
        return (Status::Versioned, None);
    }
    if let Some(verdict) = runtime(resolved) {
        return verdict;
    }
    let in_name = || stripped(resolved).and_then(|written| by_hash(written, asset, settings));
    if let Some(verdict) = own.written.and_then(|written| by_form(written, asset, settings)).or_else(in_name)
    {
        return verdict;
    }
    let undecided = |name: &str| (Status::Unknown, Some(format!("the project decides what {name} makes")));
    match (resolved.reference.helper(), &resolved.at_runtime) {
        (Some(helper), AtRuntime::Unread) if helper.versioning != Some(Versioning::Never) => {
            return undecided(&helper.name);
        }
        _ => {}
    }
    if resolved.written.iter().any(|written| written.carrier == Carrier::Release) {
        return (Status::Exempt, Some("pinned vendor".to_owned()));
    }
    own.written.map_or((Status::Unversioned, None), by_classifier)
}

/// What the manifest says of a file name that it lists, or listed once.
fn by_manifest(listed: &Listed) -> Verdict {
    let (name, place) = (&listed.name, format!("{}:{}", listed.origin.shown, listed.origin.line));
    match listed.state {
        ListedState::Fresh | ListedState::Absent => {
            (Status::Versioned, Some(format!("{place} lists it for {name}")))
        }
        ListedState::Unverifiable => {
            let reason =
                format!("{place} lists it for {name}; whether that changed since cannot be verified");
            (Status::Versioned, Some(reason))
        }
        ListedState::Superseded => {
            (Status::Stale, Some(format!("{place} lists {} for {name}", listed.output)))
        }
        ListedState::Outdated => (Status::Stale, Some(format!("{name} changed after {place} was written"))),
    }
}

/// The version that matches the file, if one does.
fn fresh<'a>(resolved: &'a Resolved, settings: &Settings) -> Option<&'a Written> {
    let digests = resolved.asset()?.digests.as_ref()?;
    let same = |written: &&Written| {
        written.value.as_deref().is_some_and(|value| matches(value, digests, &settings.version))
    };
    resolved.written.iter().find(same)
}

/// What the form of a version decides before anything else: an expression, or a stamp of other content.
fn by_form(written: &Written, asset: &Asset, settings: &Settings) -> Option<Verdict> {
    let Some(value) = &written.value else { return Some((Status::Versioned, Some(DYNAMIC.to_owned()))) };
    if !is_own_stamp(written, value, settings) {
        return None;
    }
    stale(asset, settings)
}

/// The hash in a file name that the name on disk does not hold.
fn stripped(resolved: &Resolved) -> Option<&Written> {
    let mut all = resolved.written.iter().filter(|_| resolved.is_stripped);
    all.find(|written| written.carrier == Carrier::FileName)
}

/// What a hash in a file name says that is none of the file's digests: of the length that fixes write, that the file
/// changed since.
fn by_hash(written: &Written, asset: &Asset, settings: &Settings) -> Option<Verdict> {
    if is_stamp(written.value.as_deref()?, &settings.version) {
        return stale(asset, settings);
    }
    let reason = format!("{} in the file name is a hash of something else", written.shown());
    Some((Status::Unverifiable, Some(reason)))
}

fn stale(asset: &Asset, settings: &Settings) -> Option<Verdict> {
    let Some(digests) = &asset.digests else {
        return Some((Status::Unverifiable, Some("the file was not hashed".to_owned())));
    };
    let now = stamp(digests, &settings.version)?;
    Some((Status::Stale, Some(format!("{} is now {now}", asset.name))))
}

fn is_own_stamp(written: &Written, value: &str, settings: &Settings) -> bool {
    let carried = matches!(written.carrier, Carrier::Query | Carrier::Keyword | Carrier::Chained);
    let ours = written.key == settings.version.parameter;
    let date = || {
        crate::version::names::file_name(&format!("a-{value}.css"), false)
            .is_some_and(|(version, _)| version == crate::version::names::NameVersion::Date)
    };
    carried
        && is_own_parameter(&written.key, settings)
        && is_stamp(value, &settings.version)
        && (ours || !date())
}

/// What the measured classifiers say of a version that no digest explains; never that it is stale.
fn by_classifier(written: &Written) -> Verdict {
    let value = written.value.as_deref().unwrap_or_default();
    match (written.carrier, values::shape(value)) {
        (Carrier::FileName, _) => (Status::Versioned, Some("the file name holds a fingerprint".to_owned())),
        (Carrier::Date, _) => (Status::Manual, Some("the file name holds a date".to_owned())),
        (_, Shape::Empty) => (Status::Unversioned, Some(format!("{} is empty", written.shown()))),
        (_, Shape::Digest) => {
            (Status::Unverifiable, Some(format!("{} looks like a hash of something else", written.shown())))
        }
        (_, Shape::Epoch) => (Status::Manual, Some(format!("{} is a time stamp", written.shown()))),
        (_, Shape::Manual) => (Status::Manual, Some(format!("{} is kept by hand", written.shown()))),
    }
}

/// Whether rules speak of a reference at that place: of strings in scripts they don't, for it is a guess that they
/// are URLs at all.
pub(crate) const fn is_reported(place: Place) -> bool {
    !matches!(place, Place::ScriptString)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::resolve;

    fn judged(text: &str) -> Judgement {
        let (_, resolved) = resolve(text);
        assert_eq!(resolved.len(), 1, "{text}");
        judge(&resolved[0], &Settings::default())
    }

    #[test]
    fn a_literal_has_the_status_that_its_version_gives_it() {
        let table = [
            ("a.css", Status::Unversioned),
            ("a.css?v=", Status::Unversioned),
            ("a.css?family=Inter", Status::Unversioned),
            ("a.css?id=12&amp;page=2", Status::Unversioned),
            ("a.css?lang={{ lang }}", Status::Unversioned),
            ("a.css?v=3f3f3f3", Status::Versioned),
            ("a.css?x=3f3f3f3f3f", Status::Versioned),
            ("a.css?3F3F3F3F", Status::Versioned),
            ("a.css?v=Pz8_Pz8", Status::Versioned),
            ("a.css?v={{ version }}", Status::Versioned),
            ("a.css?{{ version }}", Status::Versioned),
            ("a.css?stamp={{ version }}", Status::Versioned),
            ("a.css?v=1a2b3c4d", Status::Stale),
            ("a.css?v=12345678", Status::Stale),
            ("a.css?v=1a2b3c4d&amp;x=3f3f3f3f", Status::Versioned),
            ("a.css?v=1a2b3c4d5e6f", Status::Unverifiable),
            ("a.css?rev=1a2b3c4d", Status::Unverifiable),
            ("a.css?id=d41d8cd98f00b204e9800998ecf8427e", Status::Unverifiable),
            ("a.css?1a2b3c4d", Status::Unverifiable),
            ("a.css?v=1", Status::Manual),
            ("a.css?v=1.2.3", Status::Manual),
            ("a.css?v=2024-06-01", Status::Manual),
            ("a.css?v=1718000000", Status::Manual),
            ("a.css?v1.0.32", Status::Manual),
            ("a.css?t=1718000000", Status::Manual),
            ("app.3f2a9c1b.js", Status::Versioned),
            ("assets/app-UlpAV0Yy.js", Status::Versioned),
            ("logo-20240608.png", Status::Manual),
            ("jquery-3.6.0.min.js", Status::Exempt),
            ("jquery-3.6.0.min.js?v=1", Status::Exempt),
            ("jquery-3.6.0.min.js?v=1a2b3c4d", Status::Stale),
            ("lib/1.6.5/angular.js", Status::Exempt),
            ("robots.txt", Status::Exempt),
            ("sw.js", Status::Exempt),
            ("/media/cat.jpg", Status::Exempt),
            ("//cdn.example.com/a.css", Status::External),
            ("{{ name }}.css", Status::Dynamic),
            ("nowhere.css", Status::Missing),
        ];
        for (url, expected) in table {
            assert_eq!(judged(&format!("<link rel=stylesheet href=\"{url}\">")).status, expected, "{url}");
        }
    }

    #[test]
    fn a_call_has_the_status_that_its_arguments_give_it() {
        let table = [
            ("url_for('static', filename='a.css')", Status::Unversioned),
            ("url_for('static', filename='a.css', _external=true)", Status::Unversioned),
            ("url_for('static', filename='a.css', v=config.VERSION)", Status::Versioned),
            ("url_for('static', filename='a.css', q='3f3f3f3')", Status::Versioned),
            ("url_for('static', filename='a.css', v='1')", Status::Manual),
            ("url_for('static', filename='a.css', v=1)", Status::Manual),
            ("url_for('static', filename='a.css', v='1a2b3c4d')", Status::Stale),
            ("url_for('static', path='a.css').include_query_params(v='1')", Status::Manual),
            ("url_for('static', path='a.css').include_query_params(v=version)", Status::Versioned),
            ("url_for('static', filename=name)", Status::Dynamic),
        ];
        for (call, expected) in table {
            assert_eq!(
                judged(&format!("<link rel=stylesheet href=\"{{{{ {call} }}}}\">")).status,
                expected,
                "{call}"
            );
        }
    }

    #[test]
    fn what_must_keep_its_url_is_exempt() {
        for text in [r#"<a href="a.pdf">"#, r#"<link rel="preload" as="font" href="a.woff2">"#] {
            assert_eq!(judged(text).status, Status::Exempt, "{text}");
        }
    }

    #[test]
    fn a_helper_that_the_project_decides_on_is_unknown_and_one_that_versions_is_not() {
        let of = |versioning, text: &str| {
            let (_, mut resolved) = resolve(text);
            if let cachelint_syntax::Piece::Helper(helper) = &mut resolved[0].reference.url.pieces[0] {
                std::sync::Arc::make_mut(helper).versioning = versioning;
            }
            judge(&resolved[0], &Settings::default()).status
        };
        let plain = r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') }}">"#;
        let by_hand = r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') }}?v=1">"#;
        let dynamic = r#"<link rel=stylesheet href="{{ url_for('static', filename='a.css') }}?v={{ x }}">"#;
        assert_eq!(of(Some(Versioning::Always), plain), Status::Runtime);
        assert_eq!(of(Some(Versioning::Project), plain), Status::Unknown);
        assert_eq!(of(None, plain), Status::Unknown);
        assert_eq!(of(Some(Versioning::Project), by_hand), Status::Unknown);
        assert_eq!(of(None, dynamic), Status::Versioned);
    }
}
