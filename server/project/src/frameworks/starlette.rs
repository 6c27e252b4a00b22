//! Starlette, FastAPI and Litestar: the folders that `StaticFiles` and its like serve, and what changes their caching.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::{App, Caching, Code, Root, caching, derived, globals, nearest, only, url_prefix};
use crate::python::fold::Place;
use crate::python::syntax::{Call, CallSite, Expression, Module, Scope};
use crate::surroundings::Framework;

/// Words of which a Python file that matters holds one.
pub(super) const WORDS: &[&str] =
    &["StaticFiles", "create_static_files_router", "Jinja2Templates", "FastAPI(", "Starlette(", "Litestar("];

/// Classes whose calls make applications and serve folders; projects derive their own.
pub(super) const BASES: &[&str] = &["FastAPI", "Starlette", "Litestar", "StaticFiles"];

/// The applications of a project that serve static files.
pub(super) fn read(code: &Code<'_>) -> Vec<App> {
    let servers = derived(&code.program, &["StaticFiles"]);
    let mut apps = apps(code);
    for module in &code.program.modules {
        let reader = Reader { code, module, servers: &servers };
        let (roots, templates) = (reader.roots(), reader.templates());
        let (versions, caching) = (globals::read(code, module), reader.caching());
        let near = nearest(&apps, &module.path);
        for app in only(&mut apps, &near) {
            app.roots.extend(roots.iter().cloned());
            app.templates.extend(templates.iter().cloned());
            app.versions.extend(versions.iter().cloned());
            app.caching.extend(caching.iter().cloned());
        }
    }
    apps.retain(|app| !app.roots.is_empty());
    apps
}

/// `FastAPI(…)`, `Starlette(…)`, `Litestar(…)` and calls of classes derived from them.
fn apps(code: &Code<'_>) -> Vec<App> {
    let makers = [
        ("FastAPI", Framework::FastApi),
        ("Starlette", Framework::Starlette),
        ("Litestar", Framework::Jinja),
    ];
    let of = |(base, framework): (&str, Framework)| {
        let names = derived(&code.program, &[base]);
        let each = code.program.modules.iter().flat_map(|module| {
            let made = module
                .calls
                .iter()
                .filter(|site| site.call.method().is_some_and(|name| names.iter().any(|own| own == name)));
            made.map(|site| app(code, module, site, framework)).collect::<Vec<_>>()
        });
        each.collect::<Vec<_>>()
    };
    makers.into_iter().flat_map(of).collect()
}

fn app(code: &Code<'_>, module: &Module, site: &CallSite, framework: Framework) -> App {
    let folder = module.path.parent().unwrap_or(code.project).to_owned();
    let what = format!("{}(…)", site.call.name().unwrap_or_default());
    App::new(framework, folder, code.origin(module, site.line, what))
}

/// One module as it is read.
struct Reader<'a> {
    code: &'a Code<'a>,
    module: &'a Arc<Module>,
    /// `StaticFiles` and the classes derived from it.
    servers: &'a [String],
}

/// Where a mount stands among others: the URL and the name before its own.
#[derive(Clone, Debug)]
struct Around {
    url: Option<String>,
    name: String,
}

impl Reader<'_> {
    /// The folders that the mounts of the module serve, those inside other mounts with their URL and name.
    fn roots(&self) -> Vec<Root> {
        let nested: Vec<&Call> = self.module.calls.iter().flat_map(|site| routes(&site.call)).collect();
        let top = self.module.calls.iter().filter(|site| !nested.contains(&&site.call));
        let around = Around { url: Some(String::new()), name: String::new() };
        top.flat_map(|site| self.of_call(site, &site.call, &around)).collect()
    }

    /// The roots that a call makes: `Mount(…)`, `app.mount(…)`, and Litestar's.
    fn of_call(&self, site: &CallSite, call: &Call, around: &Around) -> Vec<Root> {
        match call.method() {
            Some("Mount" | "mount") => self.of_mount(site, call, around),
            Some("create_static_files_router" | "StaticFilesConfig") => {
                self.of_litestar(site, call).into_iter().collect()
            }
            _ => Vec::new(),
        }
    }

    fn of_mount(&self, site: &CallSite, call: &Call, around: &Around) -> Vec<Root> {
        let here = self.place(&site.scope);
        let position = if call.method() == Some("Mount") { 3 } else { 2 };
        let own = call.argument(0, "path").and_then(|path| here.fold(path).as_text());
        let name = call.argument(position, "name").and_then(|name| here.fold(name).as_text());
        let url = around.url.clone().zip(own).map(|(before, own)| before + "/" + &own);
        if let Some(server) = call.argument(1, "app").and_then(|app| self.server(app)) {
            let endpoint = name.map(|name| around.name.clone() + &name);
            let url = url.map(|url| url_prefix(&[&url]));
            return self.served(site, server, endpoint, url).into_iter().collect();
        }
        let inner = Around {
            url,
            name: name.map_or_else(|| around.name.clone(), |name| format!("{}{name}:", around.name)),
        };
        routes(call).into_iter().flat_map(|nested| self.of_call(site, nested, &inner)).collect()
    }

    /// The call that makes the server of a mount: in place, or bound to a name of the module.
    fn server<'a>(&'a self, expression: &'a Expression) -> Option<&'a Call> {
        let made = match expression {
            Expression::Call(call) => Some(&**call),
            Expression::Name(name) => {
                let bound = self.module.calls.iter().rfind(|site| site.bound_to.as_ref() == Some(name));
                bound.map(|site| &site.call)
            }
            _ => None,
        };
        made.filter(|call| call.method().is_some_and(|name| self.servers.iter().any(|server| server == name)))
    }

    /// What `StaticFiles(directory=…, packages=[…])` serves.
    fn served(
        &self,
        site: &CallSite,
        server: &Call,
        endpoint: Option<String>,
        url: Option<String>,
    ) -> Option<Root> {
        let folder = server.argument(0, "directory").and_then(|folder| self.folder(&site.scope, folder));
        let packaged = server.argument(1, "packages").is_some_and(|packages| *packages != Expression::None);
        (folder.is_some() || packaged).then(|| Root {
            endpoint,
            url,
            prefix: String::new(),
            folders: folder.into_iter().collect(),
            packaged,
            origin: self.code.origin(
                self.module,
                site.line,
                format!("{}(…)", server.method().unwrap_or_default()),
            ),
        })
    }

    /// `create_static_files_router(path=…, directories=[…], name=…)`, whose name is `static` unless it is given one.
    fn of_litestar(&self, site: &CallSite, call: &Call) -> Option<Root> {
        let here = self.place(&site.scope);
        let url = call.argument(0, "path").and_then(|path| here.fold(path).as_text());
        let name =
            call.keyword("name").map_or_else(|| Some("static".to_owned()), |name| here.fold(name).as_text());
        let Some(Expression::List(folders)) = call.argument(1, "directories") else { return None };
        let folders: Vec<PathBuf> =
            folders.iter().filter_map(|folder| self.folder(&site.scope, folder)).collect();
        (!folders.is_empty()).then(|| Root {
            endpoint: name,
            url: url.map(|url| url_prefix(&[&url])),
            prefix: String::new(),
            folders,
            packaged: false,
            origin: self.code.origin(
                self.module,
                site.line,
                format!("{}(…)", call.method().unwrap_or_default()),
            ),
        })
    }

    /// The folders that `Jinja2Templates(directory=…)` reads.
    fn templates(&self) -> Vec<PathBuf> {
        let made = self.module.calls.iter().filter(|site| site.call.method() == Some("Jinja2Templates"));
        made.filter_map(|site| self.folder(&site.scope, site.call.argument(0, "directory")?)).collect()
    }

    /// A folder that code names. A relative one starts where the application is run: of the folders from the module
    /// up to the project's, the nearest that holds it, else the project's.
    fn folder(&self, scope: &Scope, expression: &Expression) -> Option<PathBuf> {
        let named = self.place(scope).fold(expression).as_path()?;
        let project = self.code.project;
        let above = || self.module.path.ancestors().skip(1).take_while(|above| above.starts_with(project));
        let at = |folder: &Path| crate::absolute(folder, &named);
        let is_there = |path: &PathBuf| {
            path.parent().zip(path.file_name()).is_some_and(|(folder, name)| {
                self.code.program.world.folders.has_folder(folder, &name.to_string_lossy())
            })
        };
        Some(above().map(at).find(is_there).unwrap_or_else(|| at(project)))
    }

    /// What classes derived from `StaticFiles` say of caching.
    fn caching(&self) -> Vec<Caching> {
        let of = |class: &str| {
            let methods = self
                .module
                .functions
                .iter()
                .filter(|it| it.scope.first().is_some_and(|scope| scope == class));
            let found = methods.map(|method| (method, caching::of_body(self.module.body(method))));
            found
                .filter_map(|(method, keep)| {
                    Some(Caching {
                        keep: keep?,
                        origin: self.code.origin(
                            self.module,
                            method.line,
                            format!("{class}.{}", method.name),
                        ),
                    })
                })
                .collect::<Vec<_>>()
        };
        let own = self.servers.iter().filter(|class| self.module.has_class(class));
        own.flat_map(|class| of(class)).collect()
    }

    fn place<'a>(&'a self, scope: &'a Scope) -> Place<'a> {
        Place { program: &self.code.program, module: self.module, scope }
    }
}

/// The calls in the `routes` of a mount.
fn routes(call: &Call) -> Vec<&Call> {
    if call.method() != Some("Mount") {
        return Vec::new();
    }
    let Some(Expression::List(routes)) = call.argument(2, "routes") else { return Vec::new() };
    routes
        .iter()
        .filter_map(|route| match route {
            Expression::Call(call) => Some(&**call),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::frameworks::testing::facts;

    /// The facts of an application at `web/main.py`, without its own line, joined by `; `.
    fn of_code(code: &str) -> String {
        let text = format!("app = FastAPI()\n{code}");
        let files = [("web/main.py", text.as_str()), ("web/static/a.css", ""), ("assets/b.css", "")];
        facts(&files).lines().skip(1).collect::<Vec<_>>().join("; ").replace(", web/main.py", "")
    }

    #[test]
    fn mounts_name_their_folder_url_and_endpoint() {
        let table = [
            (
                "app.mount('/static', StaticFiles(directory='static'), name='static')\n",
                "root static /static/ web/static",
            ),
            (
                "app.mount('/s/', app=StaticFiles(directory=Path(__file__).parent / 'static'), name='files')\n",
                "root files /s/ web/static",
            ),
            ("app.mount('/assets', StaticFiles(directory='assets'))\n", "root - /assets/ assets"),
            ("app.mount('/x', StaticFiles(directory='built'), name='x')\n", "root x /x/ built"),
            (
                "files = StaticFiles(directory='static', html=True)\napp.mount('/', files, name='site')\n",
                "root site / web/static",
            ),
            (
                "routes = [Mount('/static', StaticFiles(directory='static'), name='static'), Route('/', home)]\n",
                "root static /static/ web/static",
            ),
            (
                "routes = [Mount('/admin', name='admin', routes=[Mount('/s', StaticFiles(directory='assets'), name='statics')])]\n",
                "root admin:statics /admin/s/ assets",
            ),
            ("app.mount('/lib', StaticFiles(packages=['bootstrap4']), name='lib')\n", "root lib /lib/ …"),
            (
                "router = create_static_files_router(path='/static', directories=['assets', 'web/static'])\n",
                "root static /static/ assets web/static",
            ),
            (
                "config = StaticFilesConfig(path='/a', directories=['assets'], name='a')\n",
                "root a /a/ assets",
            ),
            ("app.mount(url, StaticFiles(directory=choose()), name='static')\n", ""),
            ("app.mount('/api', api)\n", ""),
        ];
        for (code, expected) in table {
            assert_eq!(of_code(code), expected, "{code}");
        }
    }

    #[test]
    fn what_replaces_url_for_and_what_changes_caching_is_read() {
        let mount = "app.mount('/static', Own(directory='static'), name='static')\nclass Own(StaticFiles):\n";
        let table = [
            (
                format!("{mount}    pass\ntemplates.env.globals['url_for'] = stamped\n"),
                "versions url_for of all by stamped:5",
            ),
            (
                format!(
                    "{mount}    pass\ndef https(request, name, **params):\n    return request.url_for(name, **params).replace(scheme='https')\ntemplates.env.globals['url_for'] = https\n"
                ),
                "",
            ),
            (
                format!(
                    "{mount}    def file_response(self, *args):\n        response = super().file_response(*args)\n        response.headers['Cache-Control'] = 'no-store'\n        return response\n"
                ),
                "caching Forbidden by Own.file_response:4",
            ),
            (
                format!(
                    "{mount}    async def get_response(self, path, scope):\n        response.headers.setdefault('Cache-Control', 'public, max-age=31536000')\n"
                ),
                "caching Allowed by Own.get_response:4",
            ),
        ];
        for (code, expected) in table {
            let all = of_code(&code);
            let own = all.strip_prefix("root static /static/ web/static").unwrap_or(&all);
            assert_eq!(own.trim_start_matches("; "), expected, "{code}");
        }
    }
}
