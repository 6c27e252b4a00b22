//! Functions that take the place of `url_for` in the globals of Jinja's environment.

use std::sync::Arc;

use super::{Code, Pages, Reach, Versions};
use crate::python::syntax::{Assignment, CallSite, Expression, Module};

/// The helper that makes URLs of endpoints.
pub(super) const URL_FOR: &str = "url_for";
/// Flask's `app.jinja_env.globals`, Starlette's `templates.env.globals`.
const GLOBALS: &str = "env.globals";

/// What `module` puts in the place of `url_for`.
pub(super) fn read(code: &Code<'_>, module: &Arc<Module>) -> Vec<Versions> {
    let assigned = module.assignments.iter().filter_map(|it| by_assignment(code, module, it));
    assigned.chain(module.calls.iter().filter_map(|site| by_update(code, module, site))).collect()
}

/// `app.jinja_env.globals.update(url_for=f)`.
fn by_update(code: &Code<'_>, module: &Arc<Module>, site: &CallSite) -> Option<Versions> {
    let value = site.call.keyword(URL_FOR)?;
    let updates = site.call.method() == Some("update")
        && site.call.receiver().is_some_and(|object| object.ends_with(GLOBALS));
    updates.then(|| replaced(code, module, Some(value), site.line))?
}

/// `app.jinja_env.globals['url_for'] = f`, `flask.url_for = f`.
fn by_assignment(code: &Code<'_>, module: &Arc<Module>, it: &Assignment) -> Option<Versions> {
    let replaces = match &it.target {
        Expression::Subscript(object, key) => {
            key.text() == Some(URL_FOR) && object.dotted().is_some_and(|name| name.ends_with(GLOBALS))
        }
        target => target.dotted().as_deref() == Some("flask.url_for"),
    };
    replaces.then(|| replaced(code, module, Some(&it.value), it.line))?
}

/// `url_for` replaced for all templates by `value`, which versions unless its body shows that it does not.
pub(super) fn replaced(
    code: &Code<'_>,
    module: &Arc<Module>,
    value: Option<&Expression>,
    line: usize,
) -> Option<Versions> {
    let known = value.and_then(|value| function(code, module, value));
    let (what, reach, home, line) = match &known {
        Some((home, number)) => {
            let function = &home.functions[*number];
            (function.name.clone(), reach(home.body(function))?, home, function.line)
        }
        None => (
            value.and_then(Expression::dotted).unwrap_or_else(|| URL_FOR.to_owned()),
            Reach::All,
            module,
            line,
        ),
    };
    Some(Versions {
        helper: URL_FOR.to_owned(),
        reach,
        pages: Pages::All,
        versioned: true,
        keeps: Vec::new(),
        in_context: false,
        origin: code.origin(home, line, what),
    })
}

/// The function that an expression names, defined in `module` or imported: its module and its number there.
pub(super) fn function(
    code: &Code<'_>,
    module: &Arc<Module>,
    value: &Expression,
) -> Option<(Arc<Module>, usize)> {
    let number = |module: &Module, name: &str| module.functions.iter().rposition(|it| it.name == name);
    let name = value.dotted()?;
    if let Some(own) = number(module, &name) {
        return Some((Arc::clone(module), own));
    }
    let (alias, attribute) = name.split_once('.').map_or((name.as_str(), None), |(a, b)| (a, Some(b)));
    let import = module.imports.iter().find(|import| import.alias == alias)?;
    let home = match attribute {
        Some(_) => code.program.module_of(module, import)?,
        None => code.program.imported(module, &import.module)?,
    };
    let number = number(&home, attribute.or(import.name.as_deref())?)?;
    Some((home, number))
}

/// Which static endpoints a function treats, by the words of its body; `None` where it speaks of none.
pub(super) fn reach(body: &str) -> Option<Reach> {
    let has = |words: &[&str]| words.iter().any(|word| body.contains(word));
    let all = [
        ".static'",
        ".static\"",
        "'static' in",
        "\"static\" in",
        "filename",
        "static_folder",
        "include_query_params",
    ];
    let alone = ["== 'static'", "== \"static\"", "'static' ==", "\"static\" =="];
    match (has(&alone), has(&[".static'", ".static\"", "'static' in", "\"static\" in"])) {
        (true, false) => Some(Reach::Application),
        (_, true) => Some(Reach::All),
        (false, false) => has(&all).then_some(Reach::All),
    }
}
