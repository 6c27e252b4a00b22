//! Macros imported without the context that adds versions to their URLs.

use super::{Check, Rule};
use crate::{Applicability, AssetKind, Edit, Finding, Fix, Input, Level, PlainImport, PlainUse, Related};

pub(crate) static RULE: Rule = Rule {
    name: "unversioned-in-macro",
    level: Level::Warning,
    fixable: true,
    instead_of: &[],
    doc: include_str!("unversioned-in-macro.md"),
    check: Check::Import(check),
};

fn check(input: &Input<'_>, plain: &PlainImport) -> Finding {
    let import = &plain.import;
    let helper = plain.uses.first().map_or("url_for", |first| first.helper.as_str());
    let message = format!(
        "{} is imported without context: its {helper} is not the one that adds versions ({})",
        import.template,
        plain.origin.phrase()
    );
    let is_code =
        |it: &PlainUse| matches!(AssetKind::of(&it.asset), AssetKind::Stylesheet | AssetKind::Script);
    let level = if plain.uses.iter().any(is_code) { Level::Warning } else { Level::Info };
    let related = plain.uses.iter().map(related).collect();
    let text = import.span.of(input.text);
    Finding { level, related, ..Finding::about(&RULE, import.span, message, text) }.with(with_context(plain))
}

fn related(it: &PlainUse) -> Related {
    Related { path: it.path.clone(), span: it.span, message: format!("{} has no version here", it.asset) }
}

/// Names that the macros leave to their globals may then be the page's, so the fix is for people to look at.
fn with_context(plain: &PlainImport) -> Fix {
    let span = plain.import.without;
    let text = if span.is_empty() { " with context" } else { "with" };
    Fix {
        title: "Import with context".to_owned(),
        applicability: Applicability::Unsafe,
        edits: vec![Edit { span, text: text.to_owned() }],
    }
}
