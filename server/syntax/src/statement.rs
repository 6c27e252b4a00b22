//! What a statement's keyword tells without reading the rest of it.

/// Whether statements of that keyword yield no text of their own, in any of the dialects.
pub(crate) fn is_silent(keyword: &str) -> bool {
    opens_choice(keyword) || splits_choice(keyword) || keyword.starts_with("end") || SILENT.contains(&keyword)
}

/// Whether it opens a choice between texts.
pub(crate) fn opens_choice(keyword: &str) -> bool {
    matches!(keyword, "if" | "unless" | "ifequal" | "ifnotequal" | "ifchanged" | "ifasync")
}

/// Whether it begins the next text of a choice.
pub(crate) fn splits_choice(keyword: &str) -> bool {
    matches!(keyword, "else" | "elif" | "elsif" | "elseif")
}

/// Whether it opens a loop.
pub(crate) fn opens_loop(keyword: &str) -> bool {
    matches!(keyword, "for" | "while" | "asyncEach" | "asyncAll")
}

/// Whether it closes what a statement of the keyword `open` opened (Tornado closes all with `end`).
pub(crate) fn closes(keyword: &str, open: &str) -> bool {
    keyword == "end" || keyword.strip_prefix("end").is_some_and(|rest| rest.trim_start_matches('_') == open)
}

/// Whether it binds a name: what its calls make is used elsewhere.
pub(crate) fn binds(keyword: &str) -> bool {
    matches!(keyword, "set" | "with" | "assign" | "capture" | "do")
}

const SILENT: &[&str] = &[
    "assign",
    "autoescape",
    "block",
    "break",
    "capture",
    "comment",
    "compress",
    "continue",
    "do",
    "extends",
    "filter",
    "from",
    "import",
    "language",
    "load",
    "macro",
    "module",
    "set",
    "spaceless",
    "with",
];
