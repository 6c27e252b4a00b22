//! What code does to the `Cache-Control` of responses, and whether it does so wherever it runs.

use std::path::Path;

use super::Keep;
use crate::python::syntax::Scope;

/// What the body of a function has browsers do with what it answers; `None` where it sets no such header.
pub(super) fn of_body(body: &str) -> Option<Keep> {
    let code = without_comments(body);
    let has = |words: &[&str]| words.iter().any(|word| code.contains(word));
    if !has(&["Cache-Control", "cache-control", "cache_control"]) {
        return None;
    }
    let forbids = has(&["no-store", "no-cache", "no_store", "no_cache"]);
    let ages: Vec<bool> = ages(&code).collect();
    Some(match () {
        () if has(&["if ", "match "]) => Keep::Unknown,
        () if (forbids || ages.contains(&true)) && !ages.contains(&false) => {
            let is_sure = !has(&["immutable", "setdefault", "None", "False"]);
            if is_sure { Keep::Forbidden } else { Keep::Unknown }
        }
        () if !forbids && (!ages.is_empty() || has(&["immutable"])) => Keep::Allowed,
        () => Keep::Unknown,
    })
}

/// The code of a body, without its documentation and what follows `#`.
fn without_comments(body: &str) -> String {
    let quotes = ["\"\"\"", "'''"].into_iter().find(|quotes| body.trim_start().starts_with(quotes));
    let documented = quotes.and_then(|quotes| body.splitn(3, quotes).nth(2));
    let lines = documented.unwrap_or(body).lines();
    lines.map(|line| line.split('#').next().unwrap_or_default().to_owned() + "\n").collect()
}

/// Whether each `max-age` is zero.
fn ages(code: &str) -> impl Iterator<Item = bool> {
    let spelled = code.replace(' ', "").replace("max_age", "max-age");
    let values: Vec<String> = spelled.split("max-age=").skip(1).map(str::to_owned).collect();
    values
        .into_iter()
        .map(|value| value.starts_with('0') && !value[1..].starts_with(|next: char| next.is_ascii_digit()))
}

/// Whether the names of a file below `project` and of what stands around a place in it say that it is for development.
pub(super) fn is_for_development(project: &Path, path: &Path, scope: &Scope) -> bool {
    const WORDS: [&str; 5] = ["dev", "debug", "local", "test", "example"];
    let below = path.strip_prefix(project).unwrap_or(path);
    let names = below.iter().map(|part| part.to_string_lossy()).chain(scope.iter().map(Into::into));
    names.into_iter().any(|name| {
        let name = name.to_ascii_lowercase();
        WORDS.iter().any(|word| name.contains(word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_body_says_is_certain_or_unknown() {
        let table = [
            ("r.headers['Cache-Control'] = 'no-store'", Some(Keep::Forbidden)),
            ("r.headers['Cache-Control'] = 'public, max-age=0'", Some(Keep::Forbidden)),
            ("r.cache_control.no_cache = True\nr.cache_control.max_age = 0", Some(Keep::Forbidden)),
            ("r.headers['Pragma'] = 'no-cache'\nr.cache_control.max_age = 3600", Some(Keep::Unknown)),
            ("r.cache_control.no_cache = None\nr.cache_control.public = True", Some(Keep::Unknown)),
            ("r.headers.setdefault('Cache-Control', 'no-store')", Some(Keep::Unknown)),
            ("if request.path == '/':\n    r.headers['Cache-Control'] = 'no-store'", Some(Keep::Unknown)),
            ("r.headers['Cache-Control'] = f'max-age={AGE}'", Some(Keep::Allowed)),
            ("r.cache_control.max_age = 300", Some(Keep::Allowed)),
            ("r.headers['Cache-Control'] = VALUE", Some(Keep::Unknown)),
            (
                "'''Not no-store.'''\nr.headers['Cache-Control'] = 'public'  # nor no-cache",
                Some(Keep::Unknown),
            ),
            ("r.headers['X-Frame-Options'] = 'DENY'", None),
        ];
        for (body, expected) in table {
            assert_eq!(of_body(body), expected, "{body}");
        }
    }
}
