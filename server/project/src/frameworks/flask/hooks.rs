//! Hooks that add versions: `url_defaults`, and functions that take the place of `url_for`.

use std::sync::Arc;

use super::blueprints::{self, Blueprint};
use crate::frameworks::globals::{self, URL_FOR, function, reach, replaced};
use crate::frameworks::{Code, Pages, Reach, Versions};
use crate::python::syntax::{Call, CallSite, Expression, Function, Module, Scope};

/// What hooks a function into the making of URLs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hook {
    /// It adds values to those of every URL: `@app.url_defaults`.
    Defaults,
    /// It gives names to the templates: `@app.context_processor`.
    Context,
    /// It is a name of all templates: `@app.template_global()`.
    Global,
}

/// A function that is hooked in, and by what: `app.url_defaults`.
struct Hooked<'a> {
    hook: Hook,
    receiver: String,
    everywhere: bool,
    module: Arc<Module>,
    function: &'a Function,
    line: usize,
}

/// A hook that adds versions.
pub(super) struct Found {
    /// What it is hooked into, a name of the module that was read; `None` where it is given to a function, or not known.
    pub(super) receiver: Option<String>,
    /// What it adds.
    pub(super) versions: Versions,
}

/// The hooks of `module` that add versions to static files.
pub(super) fn read(code: &Code<'_>, module: &Arc<Module>, blueprints: &[Blueprint]) -> Vec<Found> {
    let mut found = Vec::new();
    for function in &module.functions {
        for decorator in &function.decorators {
            let (name, global) = match decorator {
                Expression::Call(call) => (call.name(), given_name(call)),
                other => (other.dotted(), None),
            };
            let Some((receiver, hook, everywhere)) = name.as_deref().and_then(hook) else { continue };
            let known_as = global.unwrap_or_else(|| function.name.clone());
            if hook == Hook::Global && known_as != URL_FOR {
                continue;
            }
            let own_receiver = own_name(module, &receiver, &function.scope);
            let module = Arc::clone(module);
            let line = function.line;
            let hooked = Hooked { hook, receiver, everywhere, module, function, line };
            let versions = versions(code, &hooked, blueprints);
            found.extend(versions.map(|versions| Found { receiver: own_receiver, versions }));
        }
    }
    for site in &module.calls {
        let receiver = site.call.receiver().and_then(|name| own_name(module, &name, &site.scope));
        found.extend(by_call(code, module, site, blueprints).map(|versions| Found { receiver, versions }));
    }
    found.extend(globals::read(code, module).into_iter().map(|versions| Found { receiver: None, versions }));
    found
}

/// A name used in a place of `module`, unless it is a parameter of a function around.
fn own_name(module: &Module, name: &str, scope: &Scope) -> Option<String> {
    let around = module.functions.iter().filter(|it| scope.contains(&it.name));
    let is_parameter = around.into_iter().any(|it| it.parameters.iter().any(|parameter| parameter == name));
    (!is_parameter).then(|| name.to_owned())
}

/// The receiver, the hook and whether it reaches beyond a blueprint's own, of `app.url_defaults` and its like.
fn hook(name: &str) -> Option<(String, Hook, bool)> {
    let (receiver, method) = name.rsplit_once('.')?;
    let (hook, everywhere) = match method {
        "url_defaults" => (Hook::Defaults, false),
        "app_url_defaults" => (Hook::Defaults, true),
        "context_processor" => (Hook::Context, false),
        "app_context_processor" => (Hook::Context, true),
        "template_global" | "app_template_global" => (Hook::Global, true),
        _ => return None,
    };
    Some((receiver.to_owned(), hook, everywhere))
}

/// The name that `template_global('url_for')` gives.
fn given_name(call: &Call) -> Option<String> {
    call.argument(0, "name").and_then(Expression::text).map(str::to_owned)
}

/// `app.url_defaults(f)`, `app.add_template_global(f, 'url_for')`.
fn by_call(code: &Code<'_>, module: &Arc<Module>, site: &CallSite, all: &[Blueprint]) -> Option<Versions> {
    let (call, name) = (&site.call, site.call.name()?);
    if let Some((receiver, hook, everywhere)) = hook(&name).filter(|(_, hook, _)| *hook != Hook::Global) {
        let (home, function) = function(code, module, call.positional.first()?)?;
        let function = &home.functions[function];
        let hooked =
            Hooked { hook, receiver, everywhere, module: Arc::clone(&home), function, line: function.line };
        return versions(code, &hooked, all);
    }
    if name.ends_with("add_template_global") || name.ends_with("add_app_template_global") {
        let named = call.argument(1, "name").and_then(Expression::text) == Some(URL_FOR);
        return named.then(|| replaced(code, module, call.positional.first(), site.line))?;
    }
    None
}

/// What a hooked function does for static files; `None` where it does nothing for them.
fn versions(code: &Code<'_>, hooked: &Hooked<'_>, blueprints: &[Blueprint]) -> Option<Versions> {
    let body = hooked.module.body(hooked.function);
    let (what, line, found) = match hooked.hook {
        Hook::Defaults => {
            let values = hooked.function.parameters.get(1)?;
            let sets =
                ["[", ".update", ".setdefault"].iter().any(|end| body.contains(&format!("{values}{end}")));
            (hooked.function.name.clone(), hooked.line, sets.then(|| reach(body))??)
        }
        Hook::Global => (hooked.function.name.clone(), hooked.line, reach(body)?),
        Hook::Context => from_context(code, hooked, body)?,
    };
    let blueprint = blueprints::bound(code, &hooked.module, &hooked.receiver, blueprints);
    let own = blueprint.filter(|_| !hooked.everywhere);
    let (reach, pages) = match (own, hooked.hook) {
        (Some(blueprint), Hook::Defaults) => (Reach::Blueprint(blueprint.name.clone()), Pages::All),
        (Some(blueprint), _) => {
            let folders = blueprint.templates.iter().cloned().collect();
            (found, Pages::Some { folders, named_in: Arc::from(blueprint.module.text.as_str()) })
        }
        (None, _) => (found, Pages::All),
    };
    Some(Versions {
        helper: URL_FOR.to_owned(),
        reach,
        pages,
        versioned: true,
        keeps: if hooked.hook == Hook::Defaults { kept(hooked.function, body) } else { Vec::new() },
        in_context: hooked.hook == Hook::Context,
        origin: code.origin(&hooked.module, line, what),
    })
}

/// The arguments that a `url_defaults` hook sets only where the call does not: `if 'v' not in values: values['v'] = …`.
fn kept(hook: &Function, body: &str) -> Vec<String> {
    let Some(values) = hook.parameters.get(1) else { return Vec::new() };
    let stands = |quoted: &str| {
        let guarded = body.contains(&format!("{quoted} not in {values}"));
        guarded && body.contains(&format!("{values}[{quoted}] ="))
            || body.contains(&format!("{values}.setdefault({quoted}"))
    };
    let words =
        body.split(['\'', '"']).filter(|word| !word.is_empty() && word.chars().all(char::is_alphanumeric));
    words
        .filter(|word| stands(&format!("'{word}'")) || stands(&format!("\"{word}\"")))
        .map(str::to_owned)
        .collect()
}

/// The function that a context processor puts in the place of `url_for`: its name, line and reach.
fn from_context(code: &Code<'_>, hooked: &Hooked<'_>, body: &str) -> Option<(String, usize, Reach)> {
    let value = ["url_for=", "url_for =", "'url_for':", "\"url_for\":", "'url_for' :", "\"url_for\" :"]
        .into_iter()
        .find_map(|key| body.split_once(key))
        .map(|(_, rest)| rest.trim_start())?;
    let end = value.find(|letter: char| !(letter.is_alphanumeric() || "_.".contains(letter)));
    let name = &value[..end.unwrap_or(value.len())];
    let expression =
        name.split('.').map(str::to_owned).map(Expression::Name).reduce(|object, name| match name {
            Expression::Name(name) => Expression::Attribute(Box::new(object), name),
            other => other,
        })?;
    match function(code, &hooked.module, &expression) {
        Some((home, number)) => {
            let function = &home.functions[number];
            Some((function.name.clone(), function.line, reach(home.body(function))?))
        }
        None if name == URL_FOR || name.is_empty() => {
            Some((hooked.function.name.clone(), hooked.line, reach(body)?))
        }
        None => Some((name.to_owned(), hooked.line, Reach::All)),
    }
}
