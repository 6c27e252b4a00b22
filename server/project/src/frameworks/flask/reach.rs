//! Which applications a module and its hooks belong to, where a project has several.

use std::path::{Path, PathBuf};

use super::{App, Code};
use crate::frameworks::nearest;
use crate::python::syntax::{Import, Module};

/// How often a name is followed from one module to the next.
const LONGEST_CHAIN: usize = 8;

/// For each of `apps` whether what `module` says is taken to be said of it: of those that it makes; else of the nearest,
/// and of those whose module imports it.
pub(super) fn of_module(code: &Code<'_>, apps: &[App], module: &Module) -> Vec<bool> {
    let near = nearest(apps, &module.path);
    if makes_one(apps, &module.path) {
        return near;
    }
    let imports = |app: &App| {
        let home = code.program.modules.iter().find(|it| it.path == app.origin.path);
        home.is_some_and(|home| home.imports.iter().any(|it| sources(code, home, it).contains(&module.path)))
    };
    near.into_iter().zip(apps).map(|(is_near, app)| is_near || imports(app)).collect()
}

/// The same of what `module` does to something that it knows by `name`: where that comes from a module that makes
/// applications, it is said of those.
pub(super) fn of_name(code: &Code<'_>, apps: &[App], module: &Module, name: &str) -> Vec<bool> {
    match home(code, module, name, LONGEST_CHAIN).filter(|path| makes_one(apps, path)) {
        Some(home) => apps.iter().map(|app| app.origin.path == home).collect(),
        None => of_module(code, apps, module),
    }
}

fn makes_one(apps: &[App], path: &Path) -> bool {
    apps.iter().any(|app| app.origin.path == path)
}

/// The module that a name of `module` comes from: what it imports or calls leads there.
fn home(code: &Code<'_>, module: &Module, name: &str, left: usize) -> Option<PathBuf> {
    let left = left.checked_sub(1)?;
    if let Some((object, attribute)) = name.rsplit_once('.') {
        let import = module.imports.iter().find(|import| import.alias == object)?;
        let there = code.program.module_of(module, import)?;
        return home(code, &there, attribute, left);
    }
    if let Some(import) = module.imports.iter().find(|import| import.alias == name && import.name.is_some()) {
        let there = code.program.imported(module, &import.module)?;
        return home(code, &there, import.name.as_deref()?, left);
    }
    let made = module.calls.iter().find(|site| site.bound_to.as_deref() == Some(name));
    let maker = made.and_then(|site| site.call.name());
    let followed = maker.and_then(|maker| home(code, module, &maker, left));
    let is_own = made.is_some() || module.functions.iter().any(|it| it.name == name && it.scope.is_empty());
    followed.or_else(|| is_own.then(|| module.path.clone()))
}

/// The modules that an import reads.
fn sources(code: &Code<'_>, module: &Module, import: &Import) -> Vec<PathBuf> {
    let read = [code.program.imported(module, &import.module), code.program.module_of(module, import)];
    read.into_iter().flatten().map(|module| module.path.clone()).collect()
}
