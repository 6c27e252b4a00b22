//! `cachelint add-helper`: puts a function into an application that versions its static URLs when a page is rendered.

use cachelint_lint::{Written, behind_url_for, edits};
use cachelint_project::disk;
use cachelint_project::helper::{Addition, HelperError};
use cachelint_syntax::LineIndex;

use crate::cli::arguments::{AddHelper, HelperFramework};
use crate::cli::report::{count, diff};
use crate::cli::session::{Session, shown_error};
use crate::cli::sources::{self, Loaded};
use crate::cli::{Exit, output};

pub(crate) fn run(session: &Session, arguments: &AddHelper) -> anyhow::Result<Exit> {
    let HelperFramework::Flask = arguments.framework;
    let file = arguments.file.as_deref().map(|file| session.absolute(file));
    let addition = match session.project.helper_in(file.as_deref()) {
        Err(error @ HelperError::Versioned(_)) => {
            output::say_note(error);
            return Ok(Exit::Clean);
        }
        addition => addition?,
    };
    let shown = session.shown(&addition.path);
    say_doubled(session, &addition);
    let after = edits::apply(&addition.before, &[addition.edit]);
    if arguments.diff {
        let mut out = session.output();
        diff::write(&shown, &addition.before, &after, &mut out)?;
        out.finish()?;
        return Ok(Exit::Findings);
    }
    disk::replace(&addition.path, &addition.before, &after)
        .map_err(|error| shown_error(&session.directory, error))?;
    if !session.global.quiet {
        output::say_note(format_args!(
            "{shown}: add_static_versions put behind line {}; url_for now adds the version to static URLs",
            addition.origin.line
        ));
    }
    Ok(Exit::Clean)
}

/// How many places a note names.
const MOST_NAMED: usize = 3;

/// Says which versions will stand behind those that the helper adds.
fn say_doubled(session: &Session, addition: &Addition) {
    let sources = sources::all(session).loaded;
    let own = sources
        .iter()
        .filter(|it| session.project.application_of(&it.path).as_ref() == Some(&addition.origin));
    let places: Vec<String> = own.flat_map(|source| doubled(session, source)).collect();
    if places.is_empty() || session.global.quiet {
        return;
    }
    let named = places[..places.len().min(MOST_NAMED)].join(", ");
    let others = places.len().saturating_sub(MOST_NAMED);
    let more = if others > 0 { format!(" and {others} more") } else { String::new() };
    output::say_note(format_args!(
        "{} behind url_for would stand beside the one it adds: {named}{more}; cachelint fix takes it out",
        count(places.len(), "version"),
    ));
}

/// The places of the versions behind a call of `url_for` for an asset.
fn doubled(session: &Session, source: &Loaded) -> Vec<String> {
    let index = LineIndex::new(&source.text);
    let all =
        source.analysis.resolved.iter().filter(|it| it.asset().is_some() && it.reference.inert.is_none());
    let written = all.filter_map(|it| behind_url_for(it, &source.analysis.settings));
    let line = |written: &Written| index.position(&source.text, written.span.start).line;
    written.map(|written| format!("{}:{}", session.shown(&source.path), line(written))).collect()
}
