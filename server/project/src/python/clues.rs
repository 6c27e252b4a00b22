//! A cheap look at Python sources: which frameworks they import. They are read, never run.

use crate::surroundings::{Facts, Framework, Opening};

/// Whether a file of that name is Python.
pub(crate) fn is_source(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, extension)| extension == "py")
}

/// The packages that tell how templates are read.
const PACKAGES: [(&str, Framework); 16] = [
    ("flask", Framework::Flask),
    ("quart", Framework::Quart),
    ("fastapi", Framework::FastApi),
    ("starlette", Framework::Starlette),
    ("django", Framework::Django),
    ("rest_framework", Framework::Django),
    ("wagtail", Framework::Django),
    ("tornado", Framework::Tornado),
    ("jinja2", Framework::Jinja),
    ("aiohttp_jinja2", Framework::Jinja),
    ("jinja2_sanic", Framework::Jinja),
    ("sanic_jinja2", Framework::Jinja),
    ("pyramid_jinja2", Framework::Jinja),
    ("litestar", Framework::Jinja),
    ("mkdocs", Framework::Jinja),
    ("sphinx", Framework::Jinja),
];

/// What makes an application.
const MAKERS: [&str; 4] = ["Flask(", "Quart(", "FastAPI(", "Starlette("];

/// Adds to `facts` what the Python source `name` tells.
pub(crate) fn search(name: &str, bytes: &[u8], facts: &mut Facts) {
    for line in bytes.split(|&byte| byte == b'\n') {
        if let Some((package, framework)) = imported(line) {
            facts.add(framework, format!("{name} imports {package}"));
        }
        facts.openings.extend(opening(name, line));
    }
    let has = |needle: &str| memchr::memmem::find(bytes, needle.as_bytes()).is_some();
    if has("INSTALLED_APPS") || has("DJANGO_SETTINGS_MODULE") {
        facts.add(Framework::Django, format!("{name} holds Django settings"));
    }
    facts.creates_app |= MAKERS.iter().any(|maker| has(maker));
}

/// The package of ours that a line imports.
fn imported(line: &[u8]) -> Option<(&'static str, Framework)> {
    let line = line.trim_ascii_start();
    let module = line.strip_prefix(b"from ").or_else(|| line.strip_prefix(b"import "))?.trim_ascii_start();
    let end = module.iter().position(|byte| !byte.is_ascii_alphanumeric() && *byte != b'_');
    let package = &module[..end.unwrap_or(module.len())];
    if package.starts_with(b"flask_") {
        return Some(("flask", Framework::Flask));
    }
    PACKAGES.into_iter().find(|(name, _)| name.as_bytes() == package)
}

/// An opening delimiter other than Jinja's own that a line sets.
fn opening(name: &str, line: &[u8]) -> Option<Opening> {
    let set = ["variable_start_string", "block_start_string"]
        .into_iter()
        .find_map(|option| Some((option, memchr::memmem::find(line, option.as_bytes())? + option.len())));
    let (option, end) = set?;
    let value = std::str::from_utf8(&line[end..]).ok()?.trim_start_matches(['\'', '"', ']', ' ', ':', '=']);
    let before = std::str::from_utf8(&line[..line.len() - value.len()]).ok()?;
    let quote = before.chars().last().filter(|last| matches!(last, '\'' | '"'));
    let text = quote.and_then(|quote| value.split_once(quote)).map_or("", |(text, _)| text);
    let own = matches!(text, "{{" | "{%");
    (!own).then(|| Opening { text: text.to_owned(), reason: format!("{name} sets {option}") })
}
