//! `Blueprint(…)` and `register_blueprint(…)`: the static folders of blueprints and where they are served.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::Origin;

use super::{folder_argument, place, text_argument};
use crate::frameworks::{App, Code, Root, derived, url_prefix};
use crate::python::syntax::{CallSite, Expression, Module};

/// A blueprint as its code makes it.
#[derive(Clone, Debug)]
pub(super) struct Blueprint {
    /// The module that makes it.
    pub(super) module: Arc<Module>,
    /// The name it is bound to there.
    pub(super) bound_to: Option<String>,
    /// Its name in endpoints.
    pub(super) name: String,
    /// Its template folder.
    pub(super) templates: Option<PathBuf>,
    statics: Option<PathBuf>,
    static_url: Result<Option<String>, ()>,
    prefix: Result<Option<String>, ()>,
    registrations: Vec<Registration>,
    origin: Origin,
}

/// How a blueprint is registered.
#[derive(Clone, Debug)]
struct Registration {
    /// Its name there, if it is given another.
    name: Option<String>,
    /// Its URL prefix there, if it is given one.
    prefix: Result<Option<String>, ()>,
    /// The number of the blueprint it is registered on; `None` for an application.
    parent: Option<usize>,
}

/// How deep blueprints may be nested.
const DEEPEST: usize = 8;

/// The blueprints of a project, with their registrations.
pub(super) fn read(code: &Code<'_>) -> Vec<Blueprint> {
    let makers = derived(&code.program, &["Blueprint", "APIBlueprint"]);
    let mut blueprints = Vec::new();
    for module in &code.program.modules {
        let made = module.calls.iter().filter(|site| {
            site.call.method().is_some_and(|method| makers.iter().any(|maker| maker == method))
        });
        blueprints.extend(made.filter_map(|site| blueprint(code, module, site)));
    }
    for module in &code.program.modules {
        let registers = |site: &&CallSite| site.call.method() == Some("register_blueprint");
        for site in module.calls.iter().filter(registers) {
            register(code, module, site, &mut blueprints);
        }
    }
    blueprints
}

fn blueprint(code: &Code<'_>, module: &Arc<Module>, site: &CallSite) -> Option<Blueprint> {
    let (call, here) = (&site.call, place(code, module, &site.scope));
    let folder = module.path.parent()?;
    let name = text_argument(&here, call, (0, "name")).ok().flatten()?;
    Some(Blueprint {
        bound_to: site.bound_to.clone(),
        templates: folder_argument(&here, call, (4, "template_folder"), None, folder).ok().flatten(),
        statics: folder_argument(&here, call, (2, "static_folder"), None, folder).ok().flatten(),
        static_url: text_argument(&here, call, (3, "static_url_path")),
        prefix: text_argument(&here, call, (5, "url_prefix")),
        registrations: Vec::new(),
        origin: code.origin(module, site.line, format!("Blueprint('{name}', …)")),
        module: Arc::clone(module),
        name,
    })
}

fn register(code: &Code<'_>, module: &Arc<Module>, site: &CallSite, blueprints: &mut [Blueprint]) {
    let here = place(code, module, &site.scope);
    let Some(number) = site.call.argument(0, "blueprint").and_then(|it| find(code, module, it, blueprints))
    else {
        return;
    };
    let parent = match &site.call.function {
        Expression::Attribute(object, _) => find(code, module, object, blueprints),
        _ => None,
    };
    blueprints[number].registrations.push(Registration {
        name: text_argument(&here, &site.call, (usize::MAX, "name")).ok().flatten(),
        prefix: text_argument(&here, &site.call, (usize::MAX, "url_prefix")),
        parent: parent.filter(|parent| *parent != number),
    });
}

/// The number of the blueprint that an expression in `module` means: bound there, imported, or of a module.
fn find(code: &Code<'_>, module: &Module, expression: &Expression, all: &[Blueprint]) -> Option<usize> {
    let bound = |path: &Path, name: &str| {
        all.iter().position(|it| it.module.path == path && it.bound_to.as_deref() == Some(name))
    };
    let import = |alias: &str| module.imports.iter().find(|import| import.alias == alias);
    match expression {
        Expression::Name(name) => bound(&module.path, name).or_else(|| {
            let import = import(name)?;
            let home = code.program.imported(module, &import.module)?;
            bound(&home.path, import.name.as_deref()?)
        }),
        Expression::Attribute(object, name) => {
            let home = code.program.module_of(module, import(&object.dotted()?)?)?;
            bound(&home.path, name)
        }
        _ => None,
    }
}

/// The blueprint that `name` is bound to in `module`.
pub(super) fn bound<'a>(
    code: &Code<'_>,
    module: &Module,
    name: &str,
    all: &'a [Blueprint],
) -> Option<&'a Blueprint> {
    find(code, module, &Expression::Name(name.to_owned()), all).map(|number| &all[number])
}

/// Adds to `app` the static roots and the templates of one of its blueprints; `all` are those of the project.
pub(super) fn add(all: &[Blueprint], blueprint: &Blueprint, app: &mut App) {
    let roots = roots(all, blueprint, app);
    app.templates.extend(blueprint.templates.clone());
    app.roots.extend(roots);
}

/// The roots of a blueprint, one for each way it is registered; one that nobody is seen to register has its own prefix.
fn roots(all: &[Blueprint], blueprint: &Blueprint, app: &App) -> Vec<Root> {
    let Some(statics) = &blueprint.statics else { return Vec::new() };
    let alone = [Registration { name: None, prefix: Ok(None), parent: None }];
    let registrations =
        if blueprint.registrations.is_empty() { &alone[..] } else { &blueprint.registrations[..] };
    registrations.iter().map(|registration| root(all, blueprint, registration, statics, app)).collect()
}

fn root(
    all: &[Blueprint],
    blueprint: &Blueprint,
    registration: &Registration,
    statics: &Path,
    app: &App,
) -> Root {
    let name = qualified(all, blueprint, registration, DEEPEST);
    let last = statics.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let url = prefix(all, blueprint, registration, DEEPEST).and_then(|prefix| {
        let below = blueprint.static_url.clone()?.unwrap_or(last);
        Ok(url_prefix(&[&prefix, &below]))
    });
    let url = url.ok();
    let own = app.roots.iter().find(|root| root.endpoint.as_deref() == Some("static"));
    let shadowed = own.filter(|own| url.is_some() && own.url == url);
    Root {
        endpoint: Some(format!("{name}.static")),
        folders: shadowed.map_or_else(|| vec![statics.to_owned()], |own| own.folders.clone()),
        url,
        prefix: String::new(),
        packaged: false,
        origin: blueprint.origin.clone(),
    }
}

/// The name in endpoints, with those of the blueprints around it: `parent.child`.
fn qualified(all: &[Blueprint], blueprint: &Blueprint, registration: &Registration, left: usize) -> String {
    let own = registration.name.as_ref().unwrap_or(&blueprint.name);
    match around(all, registration, left) {
        Some((parent, above)) => format!("{}.{own}", qualified(all, parent, above, left - 1)),
        None => own.clone(),
    }
}

/// The URL prefix, with those of the blueprints around it.
fn prefix(
    all: &[Blueprint],
    blueprint: &Blueprint,
    registration: &Registration,
    left: usize,
) -> Result<String, ()> {
    let given = registration.prefix.clone()?.or(blueprint.prefix.clone()?).unwrap_or_default();
    match around(all, registration, left) {
        Some((parent, above)) => Ok(url_prefix(&[&prefix(all, parent, above, left - 1)?, &given])),
        None => Ok(given),
    }
}

/// The blueprint that one is registered on, and how that is registered itself.
fn around<'a>(
    all: &'a [Blueprint],
    registration: &Registration,
    left: usize,
) -> Option<(&'a Blueprint, &'a Registration)> {
    static ALONE: Registration = Registration { name: None, prefix: Ok(None), parent: None };
    let parent = all.get(registration.parent.filter(|_| left > 0)?)?;
    Some((parent, parent.registrations.first().unwrap_or(&ALONE)))
}
