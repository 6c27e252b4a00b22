//! What an application says of how long browsers keep static files.

use std::sync::Arc;

use super::place;
use crate::frameworks::caching::of_body;
use crate::frameworks::{Caching, Code};
use crate::python::Value;
use crate::python::syntax::{Expression, Module, Scope};

const KEY: &str = "SEND_FILE_MAX_AGE_DEFAULT";

/// What `module` says: by configuration, or in a hook that sets the header of every response.
pub(super) fn read(code: &Code<'_>, module: &Arc<Module>) -> Vec<Caching> {
    let assigned =
        module.assignments.iter().filter(|it| is_key(&it.target)).map(|it| (&it.value, &it.scope, it.line));
    let given =
        module.calls.iter().filter_map(|site| Some((site.call.keyword(KEY)?, &site.scope, site.line)));
    let configured =
        assigned.chain(given).filter_map(|(value, scope, line)| by_age(code, module, value, scope, line));
    configured.chain(by_hook(code, module)).collect()
}

fn is_key(target: &Expression) -> bool {
    match target {
        Expression::Subscript(_, index) => index.text() == Some(KEY),
        target => target.dotted().is_some_and(|name| name == KEY),
    }
}

/// Flask's own default, no age at all, makes browsers ask each time; an age of 0 does so too, by the project's wish.
fn by_age(
    code: &Code<'_>,
    module: &Module,
    value: &Expression,
    scope: &Scope,
    line: usize,
) -> Option<Caching> {
    let allowed = match place(code, module, scope).fold(value) {
        Value::Integer(seconds) => seconds > 0,
        _ if matches!(value, Expression::Call(call) if call.method() == Some("timedelta")) => true,
        _ => return None,
    };
    Some(Caching { allowed, origin: code.origin(module, line, KEY) })
}

/// `@app.after_request` functions that set the header without a condition.
fn by_hook<'a>(code: &'a Code<'_>, module: &'a Module) -> impl Iterator<Item = Caching> + 'a {
    let hooks = module.functions.iter().filter(|function| {
        let names = function.decorators.iter().filter_map(Expression::dotted);
        names.into_iter().any(|name| name.ends_with(".after_request") || name.ends_with(".after_app_request"))
    });
    hooks.filter_map(move |function| {
        let allowed = of_body(module.body(function))?;
        Some(Caching { allowed, origin: code.origin(module, function.line, function.name.clone()) })
    })
}
