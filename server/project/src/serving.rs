//! Who serves `style.css` for `style.3f2a9c1b.css`: a rule of the server, or a hook of the application.

use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;

use cachelint_lint::{HashedNames, Origin};

use crate::once::PerProject;
use crate::world::World;
use crate::{disk, shown};

/// The rules found so far, by project.
#[derive(Debug, Default)]
pub(crate) struct Serving {
    by_project: PerProject<Option<Arc<Rule>>>,
}

/// A rule that takes a hash out of file names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Rule {
    /// Its line; `what` names the server.
    pub(crate) origin: Origin,
    /// The URLs it takes.
    pub(crate) names: HashedNames,
    /// The fewest and the most characters that it takes for a hash.
    lengths: RangeInclusive<usize>,
}

/// A server, and the files that configure it.
struct Server {
    name: &'static str,
    /// How names of such files end.
    files: &'static [&'static str],
    /// Words of which a line that rewrites URLs holds one.
    words: &'static [&'static str],
    /// A word without which the whole file does no such thing.
    wants: &'static str,
}

/// The servers whose rules are read.
static SERVERS: [Server; 4] = [
    Server {
        name: "nginx",
        files: &["nginx.conf", ".nginx", ".conf", ".conf.template", ".conf.j2"],
        words: &["location ~", "rewrite "],
        wants: "",
    },
    Server {
        name: "Apache",
        files: &[".htaccess", ".conf"],
        words: &["RewriteRule"],
        wants: "RewriteEngine",
    },
    Server { name: "Caddy", files: &["Caddyfile"], words: &["path_regexp"], wants: "rewrite" },
    Server {
        name: "Flask",
        files: &[".py"],
        words: &["re.sub(", "re.compile("],
        wants: "url_value_preprocessor",
    },
];

/// Ways to write the characters of a hash in a regular expression.
const HASHES: [&str; 6] = ["[0-9a-f]", "[a-f0-9]", "[0-9a-zA-Z]", r"[a-f\d]", r"\w+", r"[a-zA-Z0-9]"];
/// How many folders are searched, and how much of a file, in bytes.
const FOLDERS: usize = 2_000;
const HEAD: u64 = 256 * 1024;

impl Serving {
    /// Forgets all rules.
    pub(crate) fn forget(&self) {
        self.by_project.forget();
    }
}

/// The first rule in a project's files that takes a hash out of file names.
pub(crate) fn rule(world: &World, project: &Path) -> Option<Arc<Rule>> {
    world.serving.by_project.get(project, || find(world, project))
}

fn find(world: &World, project: &Path) -> Option<Arc<Rule>> {
    let mut found = None;
    world.walk_folders(project, FOLDERS, |folder| {
        let listing = world.folders.list(folder);
        let own = |(name, is_folder): &(&String, &bool)| !**is_folder && !listing.links.contains(*name);
        let mut files = listing.entries.iter().filter(own);
        found =
            found.take().or_else(|| files.find_map(|(name, _)| in_file(project, &folder.join(name), name)));
        found.is_none()
    });
    found.map(Arc::new)
}

fn in_file(project: &Path, path: &Path, name: &str) -> Option<Rule> {
    let mut servers =
        SERVERS.iter().filter(|server| server.files.iter().any(|end| name.ends_with(end))).peekable();
    servers.peek()?;
    let bytes = disk::read_head(path, HEAD)?;
    let text = String::from_utf8_lossy(&bytes);
    servers.filter(|server| text.contains(server.wants)).find_map(|server| {
        let (number, line) = text.lines().enumerate().find(|(_, line)| server.strips(line))?;
        let origin = shown::origin(project, path, number + 1, server.name);
        let names = HashedNames { prefix: prefix(line), extensions: extensions(line) };
        Some(Rule { origin, names, lengths: lengths(line) })
    })
}

impl Rule {
    /// Whether it takes a version of that many hexadecimal characters for a hash.
    pub(crate) fn takes(&self, length: usize) -> bool {
        self.lengths.contains(&length)
    }
}

impl Server {
    /// Whether a line rewrites what stands before a dot, a hash, a dot and an extension.
    fn strips(&self, line: &str) -> bool {
        let code = line.trim_start();
        !code.starts_with('#')
            && self.words.iter().any(|word| code.contains(word))
            && hash(code).is_some()
            && code.matches('(').count() >= 2
    }
}

/// What follows the hash in the regular expression of a line.
fn hash(line: &str) -> Option<&str> {
    let opened = ["", "(", "(?:"].iter().flat_map(|open| HASHES.map(|hash| format!(r"\.{open}{hash}")));
    opened.into_iter().find_map(|start| line.split_once(&start)).map(|(_, rest)| rest)
}

/// How many characters the regular expression of a line takes for a hash: `{8}`, `{7,40}`, `+`.
fn lengths(line: &str) -> RangeInclusive<usize> {
    let counted = hash(line).and_then(|rest| rest.strip_prefix('{')?.split_once('}'));
    let Some((counted, _)) = counted else { return 1..=usize::MAX };
    let (least, most) = counted.split_once(',').unwrap_or((counted, counted));
    let number = |text: &str, otherwise| text.trim().parse().unwrap_or(otherwise);
    number(least, 1)..=number(most, usize::MAX)
}

/// The text that URLs begin with, behind `^` and the opening of a group; empty where that is all of them.
fn prefix(line: &str) -> String {
    let Some((_, start)) = line.split_once('^') else { return String::new() };
    let group = start.split_once('>').filter(|(name, _)| name.starts_with("(?"));
    let start = group.map_or(start, |(_, rest)| rest).trim_start_matches('(');
    let plain = |letter: char| letter.is_alphanumeric() || "/_-".contains(letter);
    let prefix = &start[..start.find(|letter| !plain(letter)).unwrap_or(start.len())];
    if prefix.starts_with('/') && prefix != "/" { prefix.to_owned() } else { String::new() }
}

/// The extensions that a group with `css` among them names; `woff2?` is two.
fn extensions(line: &str) -> Option<Vec<String>> {
    let group = line
        .split(['(', ')'])
        .find(|group| group.split('|').any(|one| one.trim_start_matches(r"\.") == "css"))?;
    let both = |one: &str| match one.find('?').filter(|at| *at > 0) {
        Some(at) => vec![one.replacen('?', "", 1), format!("{}{}", &one[..at - 1], &one[at + 1..])],
        None => vec![one.to_owned()],
    };
    Some(group.split('|').flat_map(|one| both(one.trim_start_matches(r"\."))).collect())
}

/// What to add to a server's configuration, or to an application, so that it serves `style.css` for
/// `style.3f2a9c1b.css`: who, and what, for URLs that begin with `prefix` and versions of `length` characters.
pub(crate) fn rules(prefix: &str, length: usize) -> Vec<(&'static str, String)> {
    let hash = format!("[0-9a-f]{{{length}}}");
    let nginx = format!(
        r#"location ~ "^(?<name>{prefix}.+)\.{hash}(?<extension>\.[a-z0-9]+)$" {{
    root /path/to/app;
    try_files $uri $name$extension =404;
    add_header Cache-Control "public, max-age=31536000, immutable";
}}"#
    );
    let apache = format!(
        r"RewriteEngine On
RewriteCond %{{REQUEST_FILENAME}} !-f
RewriteRule ^(.+)\.{hash}(\.[a-z0-9]+)$ $1$2 [L]"
    );
    let caddy = format!(
        r#"@hashed path_regexp name ^({prefix}.+)\.{hash}(\.[a-z0-9]+)$
header @hashed Cache-Control "public, max-age=31536000, immutable"
rewrite @hashed {{re.name.1}}{{re.name.2}}"#
    );
    let flask = format!(
        r#"@app.url_value_preprocessor
def take_hash_out(endpoint, values):
    if endpoint and endpoint.split(".")[-1] == "static":
        values["filename"] = re.sub(r"\.{hash}(\.[a-z0-9]+)$", r"\1", values["filename"])"#
    );
    vec![("nginx", nginx), ("Apache", apache), ("Caddy", caddy), ("Flask", flask)]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Site;

    fn found(name: &str, text: &str) -> Option<String> {
        let site = Site::new(&[(name, text), ("z/templates/a.html", "")]);
        let project = site.project();
        rule(&project.world, project.root()).map(|rule| rule.origin.phrase())
    }

    #[test]
    fn a_rule_that_takes_a_hash_out_of_a_name_is_found() {
        let printed = rules("/static/", 8);
        let names = ["a/deploy/nginx.conf", ".htaccess", "Caddyfile", "app/__init__.py"];
        let lines = [1, 3, 1, 4];
        for (((server, text), name), line) in printed.iter().zip(names).zip(lines) {
            assert_eq!(found(name, text), Some(format!("{server}, {name}:{line}")), "{text}");
        }
        let of_html5_boilerplate = [
            ("nginx/a.conf", r"location ~* (.+)\.(?:\w+)\.(avifs?|bmp|css|js)$ {", "nginx, nginx/a.conf:1"),
            (
                ".htaccess",
                "RewriteEngine On\nRewriteRule ^(.+)\\.(\\w+)\\.(bmp|css|js)$ $1.$3 [L]",
                "Apache, .htaccess:2",
            ),
        ];
        for (name, text, expected) in of_html5_boilerplate {
            assert_eq!(found(name, text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_rule_is_read_for_the_urls_and_the_hashes_that_it_takes() {
        let read = |line: &str| (prefix(line), extensions(line).map(|all| all.join(" ")), lengths(line));
        let any = 1..=usize::MAX;
        let all = |text: &str| Some(text.to_owned());
        let table = [
            (
                r#"location ~ "^(?<name>/static/.+)\.[0-9a-f]{8}(?<x>\.[a-z0-9]+)$" {"#,
                ("/static/", None, 8..=8),
            ),
            (
                r"location ~* (.+)\.(?:\w+)\.(avifs?|css|jpe?g)$ {",
                ("", all("avifs avif css jpeg jpg"), any.clone()),
            ),
            (r"RewriteRule ^(.+)\.[0-9a-f]{7,40}(\.css|\.js)$ $1$2", ("", all("css js"), 7..=40)),
            (
                r"rewrite ^/assets/(.*)\.[0-9a-f]{6,}\.(css)$ /assets/$1.$2",
                ("/assets/", all("css"), 6..=usize::MAX),
            ),
        ];
        for (line, (prefix, extensions, lengths)) in table {
            assert_eq!(read(line), (prefix.to_owned(), extensions, lengths), "{line}");
        }
    }

    #[test]
    fn other_rules_are_none() {
        for (name, text) in [
            ("nginx.conf", r"location ~ \.php$ { fastcgi_pass php; }"),
            ("nginx.conf", r"# location ~ ^(.+)\.[0-9a-f]{8}(\.css)$ {"),
            ("nginx.conf", "rewrite ^/old/(.*)$ /new/$1 permanent;"),
            (".htaccess", "RewriteEngine On\nRewriteRule ^(.*)$ index.php [L]"),
            ("app.py", "re.sub(r'(a)\\.[0-9a-f]{8}(b)', '', x)"),
            ("notes.txt", r"location ~ ^(.+)\.[0-9a-f]{8}(\.css)$ {"),
        ] {
            assert_eq!(found(name, text), None, "{name}: {text}");
        }
    }
}
