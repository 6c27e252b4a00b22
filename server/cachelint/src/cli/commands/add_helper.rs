//! `cachelint add-helper`: puts a function into an application that versions its static URLs when a page is rendered.

use cachelint_lint::edits;
use cachelint_project::disk;
use cachelint_project::helper::HelperError;

use crate::cli::arguments::{AddHelper, HelperFramework};
use crate::cli::report::diff;
use crate::cli::session::{Session, shown_error};
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
