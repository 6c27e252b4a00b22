//! An `integrity` that is of other content than the local file's.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use cachelint_syntax::{LinkRel, Place, Versioning};

use super::{Check, Rule, Site};
use crate::{Applicability, AtRuntime, Edit, Finding, Fix, Level, Resolved, Status, TextDigests};

pub(crate) static RULE: Rule = Rule {
    name: "integrity-mismatch",
    level: Level::Error,
    fixable: true,
    instead_of: &[],
    doc: include_str!("integrity-mismatch.md"),
    check: Check::Reference(check),
};

fn check(site: &Site<'_>) -> Option<Finding> {
    let (reference, asset) = (&site.resolved.reference, site.resolved.asset()?);
    let integrity = reference.integrity.as_ref()?;
    let judged = site.judgement.status != Status::Inert && !site.is_set_apart() && !asset.ignored;
    if !judged || !is_checked(reference.place) || !is_served_as_it_is(site.resolved) {
        return None;
    }
    let (algorithm, written) = strongest(&integrity.text)?;
    let digests = asset.digests.as_ref()?;
    let now: Vec<String> = digests.others.iter().map(|it| algorithm.of(it)).collect::<Option<_>>()?;
    let own = now.first()?;
    if now.iter().any(|now| written.contains(now)) {
        return None;
    }
    let message =
        format!("integrity is of other content than {} holds; browsers refuse the file", asset.name);
    let fix = Fix {
        title: format!("Update integrity to {} as it is on disk", asset.name),
        applicability: Applicability::Unsafe,
        edits: vec![Edit { span: integrity.span, text: format!("{}-{own}", algorithm.name()) }],
    };
    Some(site.finding(&RULE, integrity.span, message).with(fix))
}

/// Whether browsers check the integrity of what is named at a place (HTML, the `link` and `script` elements).
const fn is_checked(place: Place) -> bool {
    use LinkRel::{ModulePreload, Preload, PreloadFont, Stylesheet};
    matches!(
        place,
        Place::ScriptSrc
            | Place::ModuleScriptSrc
            | Place::LinkHref(Stylesheet | Preload | PreloadFont | ModulePreload)
    )
}

/// Whether browsers are given the bytes on disk: a bundler, or a storage that rewrites what stylesheets name, gives others.
fn is_served_as_it_is(resolved: &Resolved) -> bool {
    let helper = resolved.reference.helper();
    let plain = |versioning| {
        versioning == Some(Versioning::Never) || matches!(resolved.at_runtime, AtRuntime::Plain(_))
    };
    !resolved.reference.enclosing.bundle && helper.is_none_or(|helper| plain(helper.versioning))
}

/// The algorithms of Subresource Integrity, the weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Algorithm {
    Sha256,
    Sha384,
    Sha512,
}

impl Algorithm {
    const ALL: [Self; 3] = [Self::Sha256, Self::Sha384, Self::Sha512];

    const fn name(self) -> &'static str {
        match self {
            Self::Sha256 => "sha256",
            Self::Sha384 => "sha384",
            Self::Sha512 => "sha512",
        }
    }

    /// The digest of one reading of a file, in base64; `None` where it was not computed.
    fn of(self, digests: &TextDigests) -> Option<String> {
        let strong = digests.strong.as_ref();
        Some(match self {
            Self::Sha256 => STANDARD.encode(digests.sha256),
            Self::Sha384 => STANDARD.encode(strong?.sha384),
            Self::Sha512 => STANDARD.encode(strong?.sha512),
        })
    }
}

/// The strongest algorithm of an `integrity` and its digests, which alone count; `None` where none can be read.
fn strongest(integrity: &str) -> Option<(Algorithm, Vec<String>)> {
    let hashes = || {
        integrity.split_ascii_whitespace().filter_map(|token| {
            let (name, rest) = token.split_once('-')?;
            let algorithm = Algorithm::ALL.into_iter().find(|algorithm| algorithm.name() == name)?;
            let digest = rest.split('?').next()?.replace('-', "+").replace('_', "/");
            STANDARD.decode(&digest).ok().map(|_| (algorithm, digest))
        })
    };
    let strongest = hashes().map(|(algorithm, _)| algorithm).max()?;
    let of_it = hashes().filter(|(algorithm, _)| *algorithm == strongest).map(|(_, digest)| digest);
    Some((strongest, of_it.collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_strongest_algorithm_alone_counts() {
        let table = [
            ("sha256-YQ==", Some((Algorithm::Sha256, vec!["YQ=="]))),
            ("sha256-YQ== sha512-Yg== sha384-Yw==", Some((Algorithm::Sha512, vec!["Yg=="]))),
            (" sha384-YQ==?x\n\tsha384-_-8= ", Some((Algorithm::Sha384, vec!["YQ==", "/+8="]))),
            ("sha512-*** sha256-YQ==", Some((Algorithm::Sha256, vec!["YQ=="]))),
            ("md5-YQ==", None),
            ("{{ sri }}", None),
            ("", None),
        ];
        for (integrity, expected) in table {
            let expected =
                expected.map(|(algorithm, all)| (algorithm, all.into_iter().map(str::to_owned).collect()));
            assert_eq!(strongest(integrity), expected, "{integrity}");
        }
    }
}
