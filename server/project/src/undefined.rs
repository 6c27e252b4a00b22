//! Names that the templates of a Flask application use and that nothing in its project defines: they are empty.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use cachelint_lint::placed;
use cachelint_syntax::SourceKind;

use crate::frameworks::View;
use crate::python::syntax::{Expression, Function, Module};
use crate::python::{self, Program};
use crate::surroundings::Framework;
use crate::world::World;
use crate::{Analysis, disk};

/// What the project at a folder may define for its templates.
#[derive(Debug, Default)]
pub(crate) struct Defined {
    /// The words of its Python and of the statements of its templates, in lower case.
    words: HashSet<String>,
    /// Whether names may come from elsewhere: templates are given what is known only when it runs.
    is_open: bool,
}

/// Names that Flask, its extensions and Jinja give to every template.
const GIVEN: [&str; 22] = [
    "caller",
    "config",
    "csrf_token",
    "current_user",
    "cycler",
    "dict",
    "false",
    "g",
    "get_flashed_messages",
    "joiner",
    "kwargs",
    "lipsum",
    "loop",
    "moment",
    "namespace",
    "none",
    "range",
    "request",
    "self",
    "session",
    "true",
    "varargs",
];
/// Calls that hand names to a template as keywords.
const RENDERS: [&str; 4] =
    ["render_template(", "render_template_string(", "stream_template(", "stream_template_string("];
/// Calls that take a dictionary of names, too.
const TAKE_DICTIONARIES: [&str; 2] = [".render(", ".globals.update("];
/// Signs of names that come from elsewhere, or of an undefined name that is more than empty.
const OPEN: [&str; 8] = [
    "context_processor(",
    "template_context_processors",
    "update_template_context",
    ".globals =",
    "StrictUndefined",
    "undefined=",
    "block_start_string",
    "line_statement_prefix",
];
/// The endings of files that may be templates.
const TEMPLATES: [&str; 8] = ["html", "htm", "xhtml", "jinja", "jinja2", "j2", "xml", "txt"];
/// How many folders of a project are searched for templates.
const FOLDERS: usize = 20_000;
/// The largest template that is read, in bytes.
const LARGEST: u64 = 1_000_000;

/// The names that versions in a template are made of and that nothing defines; none where that is not certain.
pub(crate) fn names(
    world: &World,
    project: &Path,
    view: &View,
    analysis: &Analysis,
    text: &str,
) -> Vec<String> {
    let is_flask = analysis.kind == SourceKind::Template
        && view.apps.len() == 1
        && view.apps.iter().all(|app| matches!(app.framework, Framework::Flask | Framework::Quart));
    if !is_flask {
        return Vec::new();
    }
    let candidates = analysis.resolved.placed().filter_map(|(start, resolved)| {
        let version = resolved.version(&analysis.settings).filter(|it| it.value.is_none())?;
        let expression = placed(version, start).expression(text);
        (is_name(expression) && !GIVEN.contains(&expression)).then(|| expression.to_owned())
    });
    let mut candidates: Vec<String> = candidates.collect();
    if candidates.is_empty() {
        return Vec::new();
    }
    let defined = world.defined.get(project, || Arc::new(read(world, project)));
    candidates.retain(|name| !defined.is_open && !defined.words.contains(&name.to_lowercase()));
    candidates
}

fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_') && text.chars().all(is_of_word)
}

fn is_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

fn read(world: &World, project: &Path) -> Defined {
    let program = Program::read(world, project, &["context_processor"]);
    let gives_unwritten =
        |module: &Arc<Module>| module.functions.iter().any(|it| gives_unwritten(module, it));
    let is_open = program.modules.iter().any(gives_unwritten);
    let mut defined = Defined { is_open, ..Defined::default() };
    for part in python::of_each(world, project, of_python) {
        defined.is_open |= part.is_open;
        defined.words.extend(part.words);
    }
    world.walk_folders(project, FOLDERS, |folder| {
        let listing = world.folders.list(folder);
        for (name, _) in listing.entries.iter().filter(|(name, is_folder)| !**is_folder && is_template(name))
        {
            match disk::read_head(&folder.join(name), LARGEST) {
                Some(bytes) if (bytes.len() as u64) < LARGEST && !listing.links.contains(name) => {
                    let text = String::from_utf8_lossy(&bytes);
                    text.split("{%")
                        .skip(1)
                        .for_each(|rest| defined.add(rest.split("%}").next().unwrap_or(rest)));
                }
                _ => defined.is_open = true,
            }
        }
        true
    });
    defined
}

fn is_template(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| TEMPLATES.contains(&extension))
}

/// What a Python file says.
fn of_python(text: Option<&str>) -> Defined {
    let mut defined = Defined { is_open: text.is_none_or(is_open), ..Defined::default() };
    defined.add(text.unwrap_or_default());
    defined
}

/// Whether Python gives templates names that it does not write.
fn is_open(text: &str) -> bool {
    let unpacks =
        |arguments: &str| ["**", "locals(", "vars(", "globals("].iter().any(|sign| arguments.contains(sign));
    let bare = |arguments: &str| !arguments.trim().is_empty() && !arguments.contains(['=', '{', '"', '\'']);
    let any = |call: &str, is_open: &dyn Fn(&str) -> bool| {
        text.match_indices(call).any(|(at, _)| is_open(arguments(&text[at + call.len()..])))
    };
    let is_computed = |(at, _): (usize, &str)| !text[at + "globals[".len()..].starts_with(['"', '\'']);
    OPEN.iter().any(|sign| text.contains(sign))
        || RENDERS.iter().any(|call| any(call, &unpacks))
        || TAKE_DICTIONARIES.iter().any(|call| any(call, &|given| unpacks(given) || bare(given)))
        || text.match_indices("globals[").any(is_computed)
}

/// What stands between the parentheses of a call, from behind the first.
fn arguments(text: &str) -> &str {
    let mut depth = 1_usize;
    let end = text.find(|letter: char| {
        depth = match letter {
            '(' => depth + 1,
            ')' => depth - 1,
            _ => depth,
        };
        depth == 0
    });
    &text[..end.unwrap_or(text.len())]
}

/// Whether a context processor gives more than one dictionary that it writes out.
fn gives_unwritten(module: &Module, function: &Function) -> bool {
    let names = function.decorators.iter().filter_map(Expression::dotted);
    if !names.into_iter().any(|name| name.ends_with("context_processor")) {
        return false;
    }
    let body = module.body(function);
    let mut returned = body.split("return").skip(1).map(str::trim_start);
    let is_written = |value: &str| value.starts_with('{') || value.starts_with("dict(");
    body.contains("**") || !returned.next().is_some_and(is_written) || returned.next().is_some()
}

impl Defined {
    fn add(&mut self, text: &str) {
        let words = text.split(|letter| !is_of_word(letter)).filter(|word| !word.is_empty());
        self.words.extend(words.map(str::to_lowercase));
    }
}

#[cfg(test)]
mod tests {
    use crate::testing::Site;

    /// The names that are undefined in a page of an application with `code`, beside a template with `other`.
    fn check(code: &str, other: &str) -> Vec<String> {
        let page = "<script src=\"/static/a.js?v={{ build_number }}\"></script>";
        let app = format!("from flask import Flask\napp = Flask(__name__)\n{code}");
        let files = [
            ("app.py", app.as_str()),
            ("static/a.js", "a()"),
            ("templates/b.html", other),
            ("templates/a.html", page),
        ];
        let site = Site::new(&files);
        site.project().analyse(&site.path("templates/a.html"), page).unwrap().settings.undefined
    }

    #[test]
    fn a_name_is_undefined_where_nothing_writes_it_and_nothing_else_gives_names() {
        let processor = |body: &str| format!("@app.context_processor\ndef names():\n    {body}\n");
        let undefined = [
            String::new(),
            "render_template('a.html', title=title(1))".to_owned(),
            "render_template(name)".to_owned(),
            "app.jinja_env.globals.update(now=now)".to_owned(),
            "app.jinja_env.globals['now'] = now".to_owned(),
            processor("return {'now': now()}"),
            processor("return dict(now=now())"),
        ];
        for code in undefined {
            assert_eq!(check(&code, "{{ build_number }}"), ["build_number"], "{code}");
        }
        let unknown = [
            "render_template('a.html', build_number=1)".to_owned(),
            "BUILD_NUMBER = 1".to_owned(),
            "render_template('a.html', title=f(1), **values)".to_owned(),
            "render_template('a.html', **locals())".to_owned(),
            "template.render(values)".to_owned(),
            "app.jinja_env.globals.update(values)".to_owned(),
            "app.jinja_env.globals[name] = 1".to_owned(),
            "app.context_processor(names)".to_owned(),
            "app.jinja_options = {'undefined': StrictUndefined}".to_owned(),
            processor("return values"),
            processor("return {**values}"),
            processor("if a:\n        return {}\n    return values"),
        ];
        for code in unknown {
            assert_eq!(check(&code, ""), [""; 0], "{code}");
        }
        for other in ["{% set build_number = 1 %}", "{% macro a(build_number) %}{% endmacro %}"] {
            assert_eq!(check("", other), [""; 0], "{other}");
        }
    }
}
