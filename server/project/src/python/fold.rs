//! Constant folding of what people write in settings: strings, paths, lists, names bound once, imported constants.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::program::Program;
use super::syntax::{Call, Expression, Module, Scope};

/// What an expression is known to be before anything runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Value {
    /// A string.
    Text(String),
    /// A `pathlib.Path`, or a path that `os.path` made.
    Path(PathBuf),
    /// A list, tuple or set.
    List(Vec<Value>),
    /// An integer.
    Integer(i64),
    /// `True` or `False`.
    Boolean(bool),
    /// `None`.
    None,
    /// Known only when it runs.
    #[default]
    Unknown,
}

/// Where an expression stands: its names mean what they mean there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place<'a> {
    /// The program.
    pub(crate) program: &'a Program<'a>,
    /// The module.
    pub(crate) module: &'a Module,
    /// The functions and classes around it.
    pub(crate) scope: &'a Scope,
}

/// How long a chain of names and imports is followed.
const LONGEST_CHAIN: usize = 24;

impl Value {
    /// As a path: of a string, the path it spells.
    pub(crate) fn as_path(&self) -> Option<PathBuf> {
        match self {
            Self::Text(text) => Some(PathBuf::from(text)),
            Self::Path(path) => Some(path.clone()),
            _ => None,
        }
    }

    /// As a string: of a path, how it is spelled.
    pub(crate) fn as_text(&self) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Path(path) => Some(path.to_string_lossy().into_owned()),
            _ => None,
        }
    }
}

impl Place<'_> {
    /// What `expression` is here.
    pub(crate) fn fold(&self, expression: &Expression) -> Value {
        self.value(expression, LONGEST_CHAIN)
    }

    fn value(&self, expression: &Expression, left: usize) -> Value {
        let Some(left) = left.checked_sub(1) else { return Value::Unknown };
        match expression {
            Expression::Text(text) => Value::Text(text.clone()),
            Expression::Integer(number) => Value::Integer(*number),
            Expression::Boolean(truth) => Value::Boolean(*truth),
            Expression::None => Value::None,
            Expression::Joined(parts) => self.joined(parts, left),
            Expression::Divided(folder, name) => {
                path(join(&self.value(folder, left), [self.value(name, left)]))
            }
            Expression::List(values) => Value::List(values.iter().map(|it| self.value(it, left)).collect()),
            Expression::Name(name) if name == "__file__" => Value::Path(self.module.path.clone()),
            Expression::Name(name) => self.name(name, left),
            Expression::Attribute(object, name) => self.attribute(object, name, left),
            Expression::Subscript(object, index) => self.subscript(object, index, left),
            Expression::Call(call) => self.call(call, left),
            Expression::Dictionary(_) | Expression::Other => Value::Unknown,
        }
    }

    /// Strings put together, or lists.
    fn joined(&self, parts: &[Expression], left: usize) -> Value {
        let values: Vec<Value> = parts.iter().map(|part| self.value(part, left)).collect();
        if values.iter().any(|value| matches!(value, Value::List(_))) {
            let members = values.into_iter().flat_map(|value| match value {
                Value::List(members) => members,
                _ => vec![Value::Unknown],
            });
            return Value::List(members.collect());
        }
        let texts: Option<Vec<String>> = values.iter().map(Value::as_text).collect();
        texts.map_or(Value::Unknown, |texts| Value::Text(texts.concat()))
    }

    /// A name that is bound once: in the functions around, at the top of the module, or by an import.
    fn name(&self, name: &str, left: usize) -> Value {
        for length in (0..=self.scope.len()).rev() {
            let scope = self.scope[..length].to_vec();
            let mut bound = self.module.assignments.iter().filter(|it| {
                it.scope == scope && matches!(&it.target, Expression::Name(target) if target == name)
            });
            match (bound.next(), bound.next()) {
                (None, _) => {}
                (Some(only), None) if !only.augmented => {
                    return Place { scope: &scope, ..*self }.value(&only.value, left);
                }
                _ => return Value::Unknown,
            }
        }
        self.imported(name, left)
    }

    fn imported(&self, name: &str, left: usize) -> Value {
        let imports = &self.module.imports;
        let own = imports.iter().find(|import| import.alias == name && import.name.is_some());
        if let Some(own) = own {
            let Some(module) = self.program.imported(self.module, &own.module) else { return Value::Unknown };
            let original = own.name.as_deref().unwrap_or(name);
            return Place { module: &module, scope: &Scope::new(), ..*self }
                .name(original, left.saturating_sub(1));
        }
        let all = imports.iter().filter(|import| import.alias == "*");
        let mut found =
            all.filter_map(|import| self.program.imported(self.module, &import.module)).map(|module| {
                Place { module: &module, scope: &Scope::new(), ..*self }.name(name, left.saturating_sub(2))
            });
        found.find(|value| *value != Value::Unknown).unwrap_or_default()
    }

    /// `path.parent`, or a constant of a class or module.
    fn attribute(&self, object: &Expression, name: &str, left: usize) -> Value {
        if let Some((module, scope)) = self.namespace(object) {
            let module = module.as_deref().unwrap_or(self.module);
            return Place { module, scope: &scope, ..*self }.name(name, left);
        }
        match (name, self.value(object, left)) {
            ("parent", Value::Path(path)) => {
                path.parent().map_or(Value::Unknown, |parent| Value::Path(parent.to_owned()))
            }
            _ => Value::Unknown,
        }
    }

    /// The class or module that `object` names: its module (`None` for this one), and the class in it.
    fn namespace(&self, object: &Expression) -> Option<(Option<Arc<Module>>, Scope)> {
        match object {
            Expression::Name(name) if self.module.has_class(name) => Some((None, vec![name.clone()])),
            Expression::Name(name) => {
                let import = self.module.imports.iter().find(|import| import.alias == *name)?;
                if let Some(module) = self.program.module_of(self.module, import) {
                    return Some((Some(module), Scope::new()));
                }
                let module = self.program.imported(self.module, &import.module)?;
                let class = import.name.clone().filter(|class| module.has_class(class))?;
                Some((Some(module), vec![class]))
            }
            Expression::Attribute(module, class) => {
                let (Some(module), scope) = self.namespace(module)? else { return None };
                (scope.is_empty() && module.has_class(class)).then(|| (Some(module), vec![class.clone()]))
            }
            _ => None,
        }
    }

    /// `path.parents[1]`.
    fn subscript(&self, object: &Expression, index: &Expression, left: usize) -> Value {
        let Expression::Attribute(object, name) = object else { return Value::Unknown };
        match (name.as_str(), self.value(object, left), self.value(index, left)) {
            ("parents", Value::Path(path), Value::Integer(number)) => {
                let above = usize::try_from(number).ok().and_then(|number| path.ancestors().nth(number + 1));
                above.map_or(Value::Unknown, |above| Value::Path(above.to_owned()))
            }
            _ => Value::Unknown,
        }
    }

    fn call(&self, call: &Call, left: usize) -> Value {
        let Some(method) = call.method() else { return Value::Unknown };
        let receiver = call.receiver().unwrap_or_default();
        let of_os = receiver == "os" || receiver.ends_with("path");
        let arguments = || call.positional.iter().map(|argument| self.value(argument, left));
        let first = || arguments().next().unwrap_or_default();
        match method {
            "join" if of_os => path(join(&first(), arguments().skip(1))),
            "dirname" if of_os || receiver.is_empty() => first()
                .as_path()
                .and_then(|path| Some(Value::Path(path.parent()?.to_owned())))
                .unwrap_or_default(),
            "abspath" | "realpath" | "normpath" | "fspath" if of_os || receiver.is_empty() => {
                path(first().as_path())
            }
            "Path" | "PurePath" | "PosixPath" => path(join(&first(), arguments().skip(1))),
            "str" if receiver.is_empty() => first().as_text().map_or(Value::Unknown, Value::Text),
            "resolve" | "absolute" | "as_posix" => self.of_object(call, left),
            "joinpath" => path(join(&self.of_object(call, left), arguments())),
            _ => Value::Unknown,
        }
    }

    /// What the method of `call` is called on.
    fn of_object(&self, call: &Call, left: usize) -> Value {
        match &call.function {
            Expression::Attribute(object, _) => self.value(object, left),
            _ => Value::Unknown,
        }
    }
}

fn path(path: Option<PathBuf>) -> Value {
    path.map_or(Value::Unknown, |path| Value::Path(crate::absolute(Path::new(""), &path)))
}

/// The path of all parts, as `os.path.join` makes it; `None` where one is not known.
fn join(first: &Value, others: impl IntoIterator<Item = Value>) -> Option<PathBuf> {
    let mut path = first.as_path()?;
    for other in others {
        path.push(other.as_path()?);
    }
    Some(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Site;
    use crate::world::World;

    /// What `x` is at the end of `code`, as the module at `app/settings/base.py` of a project with `files`.
    fn folded(code: &str, files: &[(&str, &str)]) -> String {
        let site = Site::new(files);
        site.write("app/settings/base.py", code.as_bytes());
        let top = site.path("");
        let world = World::new(top.clone());
        let program = Program::read(&world, &top, &["x ="]);
        let module = program.modules.iter().find(|it| it.path.ends_with("app/settings/base.py")).unwrap();
        let bound =
            module.assignments.iter().rfind(|it| it.target == Expression::Name("x".to_owned())).unwrap();
        let place = Place { program: &program, module, scope: &bound.scope };
        format!("{:?}", place.fold(&bound.value)).replace(top.to_str().unwrap(), "")
    }

    #[test]
    fn what_people_write_in_settings_is_folded() {
        let table = [
            ("x = 'a' + 'b' 'c'", r#"Text("abc")"#),
            ("A = 'a'\nx = f'/{A}/b'", r#"Text("/a/b")"#),
            ("BASE = Path(__file__).resolve().parent.parent\nx = BASE / 'static'", r#"Path("/app/static")"#),
            ("x = Path(__file__).parents[2].joinpath('a', 'b')", r#"Path("/a/b")"#),
            ("x = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'a')", r#"Path("/app/a")"#),
            ("x = str(Path('a') / 'b')", r#"Text("a/b")"#),
            ("x = [('p', 'a'), *others]", r#"List([List([Text("p"), Text("a")]), Unknown])"#),
            ("x = ['a'] + ['b'] + more", r#"List([Text("a"), Text("b"), Unknown])"#),
            ("A = 'a'\nif y:\n    A = 'b'\nx = A", "Unknown"),
            ("A = ['a']\nA += ['b']\nx = A", "Unknown"),
            ("def f():\n    a = 'b'\n    x = a", r#"Text("b")"#),
            ("def f():\n    a = 'b'\nx = a", "Unknown"),
            ("class C:\n    K = 'k'\nx = C.K", r#"Text("k")"#),
            ("x = os.environ.get('STATIC', 'static')", "Unknown"),
            ("x = x", "Unknown"),
            ("x = None", "None"),
        ];
        for (code, expected) in table {
            assert_eq!(folded(code, &[]), expected, "{code}");
        }
    }

    #[test]
    fn imported_constants_of_the_project_are_folded() {
        let files = [
            (
                "app/paths.py",
                "from pathlib import Path\nROOT = Path(__file__).parent\nSTATIC = ROOT / 'static'",
            ),
            ("app/__init__.py", ""),
            ("app/settings/common.py", "NAME = 'common'\nfrom ..paths import *"),
            ("config.py", "class Config:\n    FOLDER = 'assets'"),
        ];
        let table = [
            ("from app.paths import STATIC as S\nx = S", r#"Path("/app/static")"#),
            ("from ..paths import STATIC\nx = STATIC", r#"Path("/app/static")"#),
            ("from .common import *\nx = NAME", r#"Text("common")"#),
            ("from .common import *\nx = STATIC", r#"Path("/app/static")"#),
            ("from app import paths\nx = paths.ROOT", r#"Path("/app")"#),
            ("import config\nx = config.Config.FOLDER", r#"Text("assets")"#),
            ("from config import Config\nx = Config.FOLDER", r#"Text("assets")"#),
            ("from elsewhere import STATIC\nx = STATIC", "Unknown"),
        ];
        for (code, expected) in table {
            assert_eq!(folded(code, &files), expected, "{code}");
        }
    }
}
