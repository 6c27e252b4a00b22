//! `Flask(…)` and `Quart(…)`: where an application reads its templates and static files.

use std::path::{Path, PathBuf};

use super::{folder_argument, place, text_argument};
use crate::frameworks::{App, Code, Root, derived, url_prefix};
use crate::python::Value;
use crate::python::fold::Place;
use crate::python::syntax::{CallSite, Module};
use crate::surroundings::Framework;

/// The applications that the modules make.
pub(super) fn read(code: &Code<'_>) -> Vec<App> {
    let makers = derived(&code.program, &["Flask", "Quart", "APIFlask"]);
    let each = code.program.modules.iter().flat_map(|module| {
        let own = module.calls.iter().filter(|site| makers_name(site, &makers));
        own.map(|site| app(code, module, site)).collect::<Vec<_>>()
    });
    each.collect()
}

/// Whether a call makes an application: `Flask(…)`, `flask.Flask(…)`, or a class of the project's own.
fn makers_name(site: &CallSite, makers: &[String]) -> bool {
    site.call.method().is_some_and(|method| makers.iter().any(|maker| maker == method))
        && !(site.call.positional.is_empty() && site.call.keywords.is_empty())
}

fn app(code: &Code<'_>, module: &Module, site: &CallSite) -> App {
    let here = place(code, module, &site.scope);
    let folder = root_path(&here, site);
    let what = site.call.name().unwrap_or_default();
    let origin = code.origin(module, site.line, format!("{what}(…)"));
    let templates = folder_argument(&here, &site.call, (6, "template_folder"), Some("templates"), &folder);
    let statics = match set_later(&here, site, "static_folder") {
        Some(value) => value.as_path().map(|path| Some(crate::absolute(&folder, &path))).ok_or(()),
        None => folder_argument(&here, &site.call, (2, "static_folder"), Some("static"), &folder),
    };
    let root = statics.ok().flatten().map(|statics| Root {
        endpoint: Some("static".to_owned()),
        url: url(&here, site, &statics),
        prefix: String::new(),
        folders: vec![statics],
        packaged: false,
        origin: origin.clone(),
    });
    let framework = if what.contains("Quart") { Framework::Quart } else { Framework::Flask };
    App {
        templates: templates.ok().flatten().into_iter().collect(),
        roots: root.into_iter().collect(),
        ..App::new(framework, folder, origin)
    }
}

/// The folder that relative folders start from: that of the module the application is named after.
fn root_path(here: &Place<'_>, site: &CallSite) -> PathBuf {
    let own = here.module.path.parent().unwrap_or(Path::new("/"));
    if let Some(path) = site.call.keyword("root_path").and_then(|path| here.fold(path).as_path()) {
        return crate::absolute(own, &path);
    }
    let named = site.call.argument(0, "import_name").map(|name| here.fold(name));
    let module = match &named {
        Some(Value::Text(name)) => here.program.imported(here.module, name),
        _ => None,
    };
    module.and_then(|module| Some(module.path.parent()?.to_owned())).unwrap_or_else(|| own.to_owned())
}

/// The URL prefix of the static folder; `None` where it is known only when it runs.
fn url(here: &Place<'_>, site: &CallSite, statics: &Path) -> Option<String> {
    let set = set_later(here, site, "static_url_path").map(|value| value.as_text().ok_or(()).map(Some));
    let given = set.unwrap_or_else(|| text_argument(here, &site.call, (1, "static_url_path"))).ok()?;
    let name = statics.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Some(url_prefix(&[&given.unwrap_or(name)]))
}

/// What `app.static_folder = …` sets after the call, in the same module.
fn set_later(here: &Place<'_>, site: &CallSite, attribute: &str) -> Option<Value> {
    let target = format!("{}.{attribute}", site.bound_to.as_deref()?);
    let set = here.module.assignments.iter().rfind(|it| it.target.dotted().as_ref() == Some(&target))?;
    Some(Place { scope: &set.scope, ..*here }.fold(&set.value))
}
