//! What an application says of how long browsers keep static files.

use std::sync::Arc;

use super::blueprints::{self, Blueprint};
use super::place;
use crate::frameworks::caching::{is_for_development, of_body};
use crate::frameworks::globals::function;
use crate::frameworks::{Caching, Code, Keep};
use crate::python::Value;
use crate::python::syntax::{Expression, Function, Module, Scope};

const KEY: &str = "SEND_FILE_MAX_AGE_DEFAULT";

/// What `module` says: by configuration, in a hook that sets the header of every response, or by having another server
/// answer for static files.
pub(super) fn read(code: &Code<'_>, module: &Arc<Module>, blueprints: &[Blueprint]) -> Vec<Caching> {
    let assigned = module.assignments.iter().filter(|it| is_key(&it.target));
    let assigned = assigned.map(|it| (&it.value, &it.scope, it.in_branch, it.line));
    let given = module
        .calls
        .iter()
        .filter_map(|site| Some((site.call.keyword(KEY)?, &site.scope, site.in_branch, site.line)));
    let configured = assigned.chain(given).map(|(value, scope, in_branch, line)| {
        let keep = by_age(code, module, value, scope);
        let certain = !in_branch && !is_for_development(code.project, &module.path, scope);
        said(code, module, if certain { keep } else { Keep::Unknown }, line, KEY)
    });
    let hooks = hooks(code, module, blueprints);
    configured.chain(hooks).chain(others(code, module)).collect()
}

fn said(code: &Code<'_>, module: &Module, keep: Keep, line: usize, what: &str) -> Caching {
    Caching { keep, origin: code.origin(module, line, what) }
}

fn is_key(target: &Expression) -> bool {
    match target {
        Expression::Subscript(_, index) => index.text() == Some(KEY),
        target => target.dotted().is_some_and(|name| name == KEY),
    }
}

/// Flask's own default, no age at all, makes browsers ask each time; an age of 0 does so too, by the project's wish.
fn by_age(code: &Code<'_>, module: &Module, value: &Expression, scope: &Scope) -> Keep {
    match place(code, module, scope).fold(value) {
        Value::Integer(seconds) if seconds > 0 => Keep::Allowed,
        Value::Integer(_) => Keep::Forbidden,
        _ if matches!(value, Expression::Call(call) if call.method() == Some("timedelta")) => Keep::Allowed,
        _ => Keep::Unknown,
    }
}

/// Functions that see every response: `@app.after_request`, `app.after_request(f)`.
fn hooks(code: &Code<'_>, module: &Arc<Module>, blueprints: &[Blueprint]) -> Vec<Caching> {
    let decorated = module.functions.iter().flat_map(|it| {
        let names = it.decorators.iter().filter_map(Expression::dotted);
        names.map(move |name| (name, Arc::clone(module), it, it.in_branch))
    });
    let mut found: Vec<Caching> = decorated
        .filter_map(|(name, home, hook, in_branch)| by_hook(code, &name, &home, hook, in_branch, blueprints))
        .collect();
    for site in &module.calls {
        let Some((name, hook)) = site.call.name().zip(site.call.positional.first()) else { continue };
        let Some((home, number)) = function(code, module, hook) else { continue };
        let hook = &home.functions[number];
        found.extend(by_hook(code, &name, &home, hook, site.in_branch, blueprints));
    }
    found
}

fn by_hook(
    code: &Code<'_>,
    name: &str,
    home: &Arc<Module>,
    hook: &Function,
    in_branch: bool,
    blueprints: &[Blueprint],
) -> Option<Caching> {
    let (receiver, method) = name.rsplit_once('.')?;
    match method {
        "after_app_request" => {}
        "after_request" if blueprints::bound(code, home, receiver, blueprints).is_none() => {}
        _ => return None,
    }
    let is_app =
        method == "after_app_request" || receiver.ends_with("app") || receiver.ends_with("application");
    let certain = is_app && !in_branch && !is_for_development(code.project, &home.path, &hook.scope);
    let keep = of_body(home.body(hook))?;
    Some(said(code, home, if certain { keep } else { Keep::Unknown }, hook.line, &hook.name))
}

/// `WhiteNoise(app, …)`, which answers for static files itself.
fn others(code: &Code<'_>, module: &Module) -> impl Iterator<Item = Caching> {
    let made = module.calls.iter().filter(|site| site.call.method() == Some("WhiteNoise"));
    made.map(|site| said(code, module, Keep::Unknown, site.line, "WhiteNoise(…)"))
}
