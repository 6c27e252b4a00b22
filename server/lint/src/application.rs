//! Applications as their own code describes them: what the rules about them are given, once all templates are judged.

use std::iter::Sum;
use std::path::Path;
use std::sync::Arc;

use cachelint_syntax::Span;

use crate::{Resolved, Settings, Status};

/// An application.
#[derive(Clone, Debug)]
pub struct Application {
    /// Where its code could have versions added to static URLs; `None` where something adds them, or may.
    pub unversioned: Option<Unversioned>,
    /// What certainly has browsers ask for all of its static files each time.
    pub uncached: Option<CodePlace>,
    /// How the references of its templates fare.
    pub tally: Tally,
    /// The settings for the file that makes it.
    pub settings: Settings,
}

/// The place where code could have versions added to static URLs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unversioned {
    /// Where.
    pub place: CodePlace,
    /// What would add them.
    pub remedy: Remedy,
}

/// What would add versions to the static URLs of an application.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The run-time helper, which a command puts in: `cachelint add-helper flask app.py`.
    Command(String),
    /// A hook of the project's own: Flask's `url_defaults`.
    Hook,
    /// Another storage of static files, the class of Django's or of a package: `ManifestStaticFilesStorage`.
    Storage(String),
}

/// A place in the code of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CodePlace {
    /// The file, absolute.
    pub path: Arc<Path>,
    /// Its text.
    pub text: Arc<str>,
    /// The bytes.
    pub span: Span,
}

/// How references fare, counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Those that a helper makes the URL of, and that carry no version.
    pub unversioned: usize,
    /// Those whose URL changes with the file, or is meant to.
    pub versioned: usize,
}

impl Tally {
    /// Counts references by their status.
    pub fn of<'a>(references: impl IntoIterator<Item = (&'a Resolved, Status)>) -> Self {
        let one = |(resolved, status): (&Resolved, Status)| Self {
            unversioned: usize::from(status == Status::Unversioned && resolved.reference.helper().is_some()),
            versioned: usize::from(matches!(status, Status::Versioned | Status::Stale | Status::Runtime)),
        };
        references.into_iter().map(one).sum()
    }
}

impl Sum for Tally {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            unversioned: sum.unversioned + one.unversioned,
            versioned: sum.versioned + one.versioned,
        })
    }
}
