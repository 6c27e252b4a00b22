//! The rules by name, as the command line asks for them.

use anyhow::bail;
use cachelint_lint::Levels;
use cachelint_lint::rules::{self, Rule};

/// The rule of that name; else an error with the nearest name.
pub(crate) fn find(name: &str) -> anyhow::Result<&'static Rule> {
    if let Some(rule) = rules::find(name) {
        return Ok(rule);
    }
    match nearest(name) {
        Some(nearest) => bail!("there is no rule {name}. Did you mean {nearest}?"),
        None => bail!("there is no rule {name}; cachelint rules lists them"),
    }
}

/// Fails for the first of `names` that is no rule.
pub(crate) fn require(names: &[String]) -> anyhow::Result<()> {
    names.iter().try_for_each(|name| find(name).map(drop))
}

/// Narrows `levels` to what `--select` and `--ignore` ask for.
pub(crate) fn narrow(levels: &mut Levels, select: &[String], ignore: &[String]) {
    if !select.is_empty() {
        levels.selected = Some(select.to_vec());
    }
    levels.ignored.extend_from_slice(ignore);
}

fn nearest(name: &str) -> Option<&'static str> {
    let near = |rule: &&'static str| strsim::jaro_winkler(name, rule);
    rules::ALL
        .iter()
        .map(|rule| rule.name)
        .filter(|rule| near(rule) > 0.75)
        .max_by(|a, b| near(a).total_cmp(&near(b)))
}
