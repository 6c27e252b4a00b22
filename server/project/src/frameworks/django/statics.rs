//! The folders that Django's finders look in, those its templates come from, and the one that `collectstatic` fills.

use std::path::{Path, PathBuf};

use cachelint_lint::Origin;

use super::settings::Settings;
use crate::frameworks::Root;
use crate::python::Value;
use crate::python::syntax::Expression;

/// What the settings say of folders.
pub(super) struct Statics {
    /// The static roots, in the order of the finders.
    pub(super) roots: Vec<Root>,
    /// The folders of templates.
    pub(super) templates: Vec<PathBuf>,
    /// `STATIC_ROOT`.
    pub(super) collected: Vec<PathBuf>,
    /// Whether the roots, and what installed packages serve, are all that `collectstatic` collects.
    pub(super) complete: bool,
    /// Whether an application that may serve files was not found, Django's own apart.
    pub(super) packaged: bool,
}

/// Reads them.
pub(super) fn read(settings: &Settings<'_>) -> Statics {
    let url = url(settings);
    let apps = apps(settings);
    let mut roots = Vec::new();
    if uses(settings, "FileSystemFinder") {
        roots.extend(of_dirs(settings, url.as_deref()));
    }
    if uses(settings, "AppDirectoriesFinder") {
        roots.extend(of_apps(settings, &apps, url));
    }
    let complete =
        tells_finders(settings) && tells_dirs(settings) && apps.iter().all(|app| app.name.is_some());
    let is_own = |app: &Installed| app.name.as_ref().is_some_and(|name| name.starts_with("django.contrib."));
    let packaged = apps.iter().any(|app| app.folder.is_none() && !is_own(app));
    let own = apps.iter().filter_map(|app| Some(app.folder.as_ref()?.join("templates")));
    Statics {
        roots,
        templates: template_folders(settings).into_iter().chain(own).collect(),
        collected: settings
            .value("STATIC_ROOT")
            .and_then(|root| absolute(settings, &root))
            .into_iter()
            .collect(),
        complete: complete && !apps.is_empty(),
        packaged,
    }
}

/// `STATIC_URL` with slashes at both ends; `None` where it is known only when it runs, or names another host.
fn url(settings: &Settings<'_>) -> Option<String> {
    let url = settings.value("STATIC_URL").unwrap_or_else(|| Value::Text("static/".to_owned())).as_text()?;
    let path = url.trim_matches('/');
    let hosted = url.contains("://") || url.starts_with("//");
    (!hosted).then(|| if path.is_empty() { "/".to_owned() } else { format!("/{path}/") })
}

/// Whether a finder is in use: by default, or by a list that is known.
fn uses(settings: &Settings<'_>, finder: &str) -> bool {
    let finders = settings.members("STATICFILES_FINDERS");
    let may_be = |value: &Value| match value {
        Value::Text(name) => name.ends_with(finder),
        _ => true,
    };
    finders.is_empty() || finders.iter().any(|(_, value)| may_be(value))
}

/// Whether no other finder is in use than Django's, and that of django-compressor, which finds its own output.
fn tells_finders(settings: &Settings<'_>) -> bool {
    const KNOWN: [&str; 3] = ["FileSystemFinder", "AppDirectoriesFinder", "CompressorFinder"];
    let is_known =
        |value: Value| value.as_text().is_some_and(|name| KNOWN.iter().any(|it| name.ends_with(it)));
    settings.members("STATICFILES_FINDERS").into_iter().all(|(_, value)| is_known(value))
}

/// Whether all folders of `STATICFILES_DIRS` are known and there: one that is not is filled by a build.
fn tells_dirs(settings: &Settings<'_>) -> bool {
    let members = settings.members("STATICFILES_DIRS");
    members
        .iter()
        .all(|(_, member)| dir(settings, member).is_some_and(|(_, folder)| settings.is_folder(&folder)))
}

/// `STATICFILES_DIRS`: folders, and pairs of a prefix and a folder.
fn of_dirs(settings: &Settings<'_>, url: Option<&str>) -> Vec<Root> {
    let members = settings.members("STATICFILES_DIRS");
    let each = members.iter().filter_map(|(binding, member)| {
        let (prefix, folder) = dir(settings, member)?;
        Some(Root {
            endpoint: None,
            url: url.map(str::to_owned),
            prefix,
            folders: vec![folder],
            packaged: false,
            origin: binding.origin("STATICFILES_DIRS"),
        })
    });
    each.collect()
}

/// The prefix and the folder of a member of `STATICFILES_DIRS`; `None` where it is known only when it runs.
fn dir(settings: &Settings<'_>, member: &Value) -> Option<(String, PathBuf)> {
    match member {
        Value::List(pair) => match pair.as_slice() {
            [Value::Text(prefix), folder] => {
                Some((format!("{}/", prefix.trim_matches('/')), absolute(settings, folder)?))
            }
            _ => None,
        },
        folder => Some((String::new(), absolute(settings, folder)?)),
    }
}

/// An installed application.
struct Installed {
    /// Its name, where that is known before it runs.
    name: Option<String>,
    /// The folder of its package; `None` where it was not found.
    folder: Option<PathBuf>,
    origin: Origin,
}

/// The applications of `INSTALLED_APPS`, in their order.
fn apps(settings: &Settings<'_>) -> Vec<Installed> {
    let (members, packages) = (settings.members("INSTALLED_APPS"), settings.packages());
    let each = members.iter().map(|(binding, member)| {
        let name = member.as_text();
        let package = name.as_deref().map(package);
        let folder =
            package.and_then(|package| packages.iter().find_map(|above| below(settings, above, &package)));
        Installed { name, folder, origin: binding.origin("INSTALLED_APPS") }
    });
    each.collect()
}

/// The package that an entry names: itself, or the one around its configuration class (`blog.apps.BlogConfig`).
fn package(name: &str) -> Vec<String> {
    let mut parts: Vec<String> = name.split('.').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last.starts_with(|letter: char| letter.is_ascii_uppercase())) {
        parts.truncate(parts.len().saturating_sub(2));
    }
    parts
}

/// The folder of a package below `above`; `None` where it is not there.
fn below(settings: &Settings<'_>, above: &Path, package: &[String]) -> Option<PathBuf> {
    let step = |folder: PathBuf, part: &String| settings.has_folder(&folder, part).then(|| folder.join(part));
    package.iter().try_fold(above.to_owned(), step).filter(|_| !package.is_empty())
}

/// The `static` folders of the applications; `None` where none can hold a file.
fn of_apps(settings: &Settings<'_>, apps: &[Installed], url: Option<String>) -> Option<Root> {
    let origin = apps.first()?.origin.clone();
    let found = apps.iter().filter_map(|app| app.folder.as_ref());
    let with_static = found.filter(|folder| settings.has_folder(folder, "static"));
    let folders: Vec<PathBuf> = with_static.map(|folder| folder.join("static")).collect();
    let packaged = apps.iter().any(|app| app.folder.is_none());
    let root = Root { endpoint: None, url, prefix: String::new(), folders, packaged, origin };
    (!root.folders.is_empty() || packaged).then_some(root)
}

/// `DIRS` of `TEMPLATES`, or the older `TEMPLATE_DIRS`.
fn template_folders(settings: &Settings<'_>) -> Vec<PathBuf> {
    let older =
        settings.members("TEMPLATE_DIRS").into_iter().filter_map(|(_, folder)| absolute(settings, &folder));
    let bindings = settings.bindings("TEMPLATES");
    let each = bindings.iter().flat_map(|binding| {
        let Expression::List(engines) = &binding.assignment.value else { return Vec::new() };
        let dirs = engines.iter().filter_map(|engine| match engine {
            Expression::Dictionary(pairs) => pairs.iter().find(|(key, _)| key.text() == Some("DIRS")),
            _ => None,
        });
        dirs.flat_map(|(_, folders)| match binding.fold(folders) {
            Value::List(folders) => folders.iter().filter_map(|folder| absolute(settings, folder)).collect(),
            _ => Vec::new(),
        })
        .collect()
    });
    each.chain(older).collect()
}

/// A folder or file that settings name; a relative one starts where the project is run.
pub(super) fn absolute(settings: &Settings<'_>, folder: &Value) -> Option<PathBuf> {
    folder.as_path().map(|path| crate::absolute(&settings.folder, &path))
}
