//! Which settings of a Django project are in force, and what they bind.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::Origin;

use crate::frameworks::{Code, packages};
use crate::python::Value;
use crate::python::fold::Place;
use crate::python::syntax::{Assignment, CallSite, Expression, Module};

/// The settings of one Django project.
#[derive(Debug)]
pub(super) struct Settings<'a> {
    code: &'a Code<'a>,
    /// The folder of the project: that of `manage.py`, or the one its packages stand in.
    pub(super) folder: PathBuf,
    /// The module in force, then those it takes all names from, in the order in which a name is looked up.
    modules: Vec<Arc<Module>>,
    /// Whether nothing but these modules sets anything, as far as can be read.
    complete: bool,
    /// What the module is for.
    purpose: Purpose,
}

/// What a settings module is for, by its name; the later one is used where there are several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Purpose {
    /// Tests, examples.
    Test,
    /// One's own machine.
    Development,
    /// What others start from.
    Base,
    /// Nothing in particular: the only settings, or those that `wsgi.py` or `manage.py` names.
    Any,
    /// Where people use it.
    Production,
}

/// One place that binds a name of the settings.
#[derive(Debug)]
pub(super) struct Binding<'a> {
    settings: &'a Settings<'a>,
    module: &'a Module,
    /// The assignment.
    pub(super) assignment: &'a Assignment,
}

/// Names that only settings bind.
const NAMES: [&str; 6] = [
    "INSTALLED_APPS",
    "ROOT_URLCONF",
    "STATICFILES_DIRS",
    "STATICFILES_STORAGE",
    "STATIC_ROOT",
    "STATIC_URL",
];
/// Names that every Django project binds.
const MARKS: [&str; 3] = ["INSTALLED_APPS", "ROOT_URLCONF", "WSGI_APPLICATION"];
const VARIABLE: &str = "DJANGO_SETTINGS_MODULE";
/// Calls that set names which can't be seen.
const HIDING: [&str; 6] = ["locals", "globals", "vars", "exec", "include", "DjangoDynaconf"];
/// Words in the names of files and folders that tell what settings are for.
const WORDS: [(Purpose, &[&str]); 3] = [
    (
        Purpose::Test,
        &["test", "tests", "testing", "testproject", "ci", "example", "examples", "demo", "sandbox"],
    ),
    (Purpose::Development, &["dev", "develop", "development", "local", "debug"]),
    (Purpose::Production, &["prod", "production", "live", "deploy", "deployment", "heroku"]),
];

/// The settings in force of each Django project.
pub(super) fn read<'a>(code: &'a Code<'a>) -> Vec<Settings<'a>> {
    let (modules, named) = (candidates(code), named(code));
    let imported: Vec<PathBuf> =
        modules.iter().flat_map(|module| stars(code, module).0).map(|it| it.path.clone()).collect();
    let mut by_folder: BTreeMap<PathBuf, Vec<Settings<'a>>> = BTreeMap::new();
    for module in &modules {
        let folder = home(code, module);
        let is_named = named.contains(&module.path);
        let purpose = purpose(code.project, &module.path).unwrap_or_else(|| {
            if imported.contains(&module.path) && !is_named { Purpose::Base } else { Purpose::Any }
        });
        let (modules, complete) = chain(code, module);
        let settings = Settings { code, folder: folder.clone(), modules, complete, purpose };
        if is_named || MARKS.iter().any(|name| !settings.bindings(name).is_empty()) {
            by_folder.entry(folder).or_default().push(settings);
        }
    }
    let best = |all: Vec<Settings<'a>>| {
        all.into_iter().max_by_key(|it| {
            (it.purpose, named.contains(&it.modules[0].path), std::cmp::Reverse(it.modules[0].path.clone()))
        })
    };
    by_folder.into_values().filter_map(best).collect()
}

/// The modules that may be settings: that bind what only settings bind, or are named as such, and those that take all
/// names from one of them.
fn candidates(code: &Code<'_>) -> Vec<Arc<Module>> {
    let binds = |module: &Module| {
        module.assignments.iter().any(|it| {
            is_setting(module, it) && it.target.dotted().is_some_and(|name| NAMES.contains(&name.as_str()))
        })
    };
    let mut found: Vec<Arc<Module>> =
        code.program.modules.iter().filter(|module| binds(module)).cloned().collect();
    loop {
        let known = |module: &Module| found.iter().any(|it| it.path == module.path);
        let new: Vec<Arc<Module>> = code
            .program
            .modules
            .iter()
            .filter(|module| !known(module) && stars(code, module).0.iter().any(|it| known(it)))
            .cloned()
            .collect();
        if new.is_empty() {
            return found;
        }
        found.extend(new);
    }
}

/// The files of the modules that `DJANGO_SETTINGS_MODULE` is set to.
fn named(code: &Code<'_>) -> Vec<PathBuf> {
    let each = code.program.modules.iter().flat_map(|module| {
        let called = module.calls.iter().filter(|site| {
            site.call.method() == Some("setdefault")
                && site.call.positional.first().and_then(Expression::text) == Some(VARIABLE)
        });
        let called = called.filter_map(|site| site.call.positional.get(1));
        let assigned = module
            .assignments
            .iter()
            .filter(|it| matches!(&it.target, Expression::Subscript(_, key) if key.text() == Some(VARIABLE)));
        let names = called.chain(assigned.map(|it| &it.value)).filter_map(Expression::text);
        names.filter_map(|name| Some(code.program.imported(module, name)?.path.clone())).collect::<Vec<_>>()
    });
    each.collect()
}

/// Whether an assignment binds a name of the module, or of a class at its top (django-configurations).
fn is_setting(module: &Module, assignment: &Assignment) -> bool {
    match assignment.scope.as_slice() {
        [] => true,
        [class] => module.has_class(class),
        _ => false,
    }
}

/// The modules that `module` takes all names from, the last first, and whether all of them are of the project.
fn stars(code: &Code<'_>, module: &Module) -> (Vec<Arc<Module>>, bool) {
    let stars = module.imports.iter().filter(|import| import.alias == "*");
    let all: Vec<_> = stars.map(|import| code.program.imported(module, &import.module)).collect();
    let complete = all.iter().all(Option::is_some);
    (all.into_iter().rev().flatten().collect(), complete)
}

/// A module and all that it takes names from, and whether nothing else sets any.
fn chain(code: &Code<'_>, module: &Arc<Module>) -> (Vec<Arc<Module>>, bool) {
    let (mut chain, mut complete) = (vec![Arc::clone(module)], true);
    let mut next = 0;
    while let Some(module) = chain.get(next).cloned() {
        next += 1;
        let (stars, known) = stars(code, &module);
        let hides = |site: &CallSite| {
            site.scope.is_empty() && site.call.name().is_some_and(|name| HIDING.contains(&name.as_str()))
        };
        complete &= known && !module.calls.iter().any(hides);
        for star in stars {
            if !chain.iter().any(|it| it.path == star.path) {
                chain.push(star);
            }
        }
    }
    (chain, complete)
}

/// The folder of the project that a settings module belongs to: the nearest above with `manage.py`, else the nearest
/// that is no package.
fn home(code: &Code<'_>, module: &Module) -> PathBuf {
    let above = || module.path.ancestors().skip(1).take_while(|above| above.starts_with(code.project));
    let holds = |folder: &Path, name: &str| code.program.world.folders.has_file(folder, name);
    let managed = above().find(|folder| holds(folder, "manage.py"));
    let outside = || above().find(|folder| !holds(folder, "__init__.py"));
    managed.or_else(outside).unwrap_or(code.project).to_owned()
}

/// What the names of a module and of its folders below `project` say it is for.
fn purpose(project: &Path, path: &Path) -> Option<Purpose> {
    let below = path.strip_prefix(project).unwrap_or(path).with_extension("");
    let text = below.to_string_lossy().to_ascii_lowercase();
    let words: Vec<&str> = text.split(|letter: char| !letter.is_ascii_alphanumeric()).collect();
    let means = |known: &[&str]| words.iter().any(|word| known.contains(word));
    WORDS.iter().find(|(_, known)| means(known)).map(|(purpose, _)| *purpose)
}

impl<'a> Settings<'a> {
    /// Where the settings start, as provenance.
    pub(super) fn origin(&self) -> Origin {
        self.code.origin(&self.modules[0], 1, "Django settings")
    }

    /// Whether what they do not set is not set where the project is deployed either.
    pub(super) fn are_deployed(&self) -> bool {
        self.complete && self.purpose >= Purpose::Any
    }

    /// What binds `name`, in the first module that does: several in branches, or where a list is added to.
    pub(super) fn bindings(&'a self, name: &str) -> Vec<Binding<'a>> {
        let of = |module: &'a Arc<Module>| {
            let own = module
                .assignments
                .iter()
                .filter(|it| is_setting(module, it) && root_name(&it.target) == Some(name));
            own.map(|assignment| Binding { settings: self, module, assignment }).collect::<Vec<_>>()
        };
        self.modules.iter().map(of).find(|all| !all.is_empty()).unwrap_or_default()
    }

    /// The only value of `name`; unknown where branches give it several, `None` where nothing sets it.
    pub(super) fn value(&'a self, name: &str) -> Option<Value> {
        let bindings = self.bindings(name);
        match bindings.as_slice() {
            [] => None,
            [only] => Some(only.value()),
            _ => Some(Value::Unknown),
        }
    }

    /// The members that any module of these settings gives to the list `name`, each with what binds it.
    pub(super) fn members(&'a self, name: &str) -> Vec<(Binding<'a>, Value)> {
        let mut all = Vec::new();
        for module in &self.modules {
            let own = module
                .assignments
                .iter()
                .filter(|it| is_setting(module, it) && it.target.dotted().as_deref() == Some(name));
            for assignment in own {
                let binding = || Binding { settings: self, module, assignment };
                match binding().value() {
                    Value::List(members) => all.extend(members.into_iter().map(|member| (binding(), member))),
                    _ => all.push((binding(), Value::Unknown)),
                }
            }
        }
        all
    }

    /// The folders in which Python looks for packages: those of the project, the nearest to the settings first, then
    /// those of its virtual environments.
    pub(super) fn packages(&self) -> Vec<PathBuf> {
        let (project, own) = (self.code.project, &self.modules[0].path);
        let above = own.ancestors().skip(1).take_while(|above| above.starts_with(project));
        let mut folders: Vec<PathBuf> = above.map(Path::to_owned).collect();
        folders.extend(packages::folders(self.code.program.world, project, &self.folder));
        folders
    }

    /// Whether `folder` holds a folder of that name.
    pub(super) fn has_folder(&self, folder: &Path, name: &str) -> bool {
        self.code.program.world.folders.has_folder(folder, name)
    }

    /// Whether there is a folder at `path`.
    pub(super) fn is_folder(&self, path: &Path) -> bool {
        self.code.program.world.folders.is_folder(path)
    }

    /// The module that a dotted name means in the settings.
    pub(super) fn module(&self, name: &str) -> Option<Arc<Module>> {
        self.imported(&self.modules[0], name)
    }

    /// The module that a dotted name means in `from`.
    pub(super) fn imported(&self, from: &Module, name: &str) -> Option<Arc<Module>> {
        self.code.program.imported(from, name)
    }
}

/// The name that a target starts from: `STORAGES` of `STORAGES["staticfiles"]`.
fn root_name(target: &Expression) -> Option<&str> {
    match target {
        Expression::Name(name) => Some(name),
        Expression::Subscript(object, _) => root_name(object),
        _ => None,
    }
}

impl Binding<'_> {
    /// What is bound.
    pub(super) fn value(&self) -> Value {
        self.fold(&self.assignment.value)
    }

    /// What an expression is here.
    pub(super) fn fold(&self, expression: &Expression) -> Value {
        let program = &self.settings.code.program;
        Place { program, module: self.module, scope: &self.assignment.scope }.fold(expression)
    }

    /// The place as provenance.
    pub(super) fn origin(&self, what: &str) -> Origin {
        self.origin_of(what, what)
    }

    /// The place where `text` stands in it, as provenance.
    pub(super) fn origin_of(&self, what: &str, text: &str) -> Origin {
        let lines = self.module.text.lines().skip(self.assignment.line - 1);
        let after = lines.take(MOST_LINES).position(|line| line.contains(text)).unwrap_or(0);
        self.settings.code.origin(self.module, self.assignment.line + after, what)
    }
}

/// How many lines of an assignment are searched for what decides.
const MOST_LINES: usize = 200;
