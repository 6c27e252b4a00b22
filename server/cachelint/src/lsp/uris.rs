//! URIs: `file:` addresses as paths and back, and the buffers that have no file.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use percent_encoding::percent_decode_str;
use tower_lsp::ls_types::Uri;

/// The path of a `file:` URI; `None` for any other (`untitled:`, `git:`), or where it names no place of this machine.
pub fn path_of(uri: &Uri) -> Option<PathBuf> {
    let scheme = uri.scheme().as_str();
    if !scheme.eq_ignore_ascii_case("file") {
        return None;
    }
    let host = uri.authority().map(|authority| authority.host().to_owned()).unwrap_or_default();
    let path = percent_decode_str(uri.path().as_str()).decode_utf8().ok()?;
    let path = local(&host, &path);
    (!path.as_os_str().is_empty()).then_some(path)
}

/// A path below a host, as this system writes it: `/c:/a` is `C:\a`, `//host/a` is `\\host\a`.
#[cfg(windows)]
fn local(host: &str, path: &str) -> PathBuf {
    if !host.is_empty() && !host.eq_ignore_ascii_case("localhost") {
        return PathBuf::from(format!(r"\\{host}{}", path.replace('/', r"\")));
    }
    PathBuf::from(with_drive(path.strip_prefix('/').unwrap_or(path)).replace('/', r"\"))
}

#[cfg(not(windows))]
fn local(_host: &str, path: &str) -> PathBuf {
    PathBuf::from(path)
}

/// A path with its drive letter in upper case, as the system itself spells it.
#[cfg(windows)]
fn with_drive(path: &str) -> String {
    match path.as_bytes() {
        [letter, b':', ..] => format!("{}{}", char::from(letter.to_ascii_uppercase()), &path[1..]),
        _ => path.to_owned(),
    }
}

/// The URI of an absolute path; `None` for a relative one.
pub fn of_path(path: &Path) -> Option<Uri> {
    path.is_absolute().then(|| Uri::from_file_path(path)).flatten()
}

/// The URI of an absolute path that points at a line (from 1).
pub fn of_line(path: &Path, line: Option<usize>) -> String {
    let uri = of_path(path).map(|uri| uri.as_str().to_owned()).unwrap_or_default();
    line.map_or(uri.clone(), |line| format!("{uri}#L{line}"))
}

/// The path under which a buffer without a file is analysed: its name in `folder`, with the extension of its language.
pub fn path_of_buffer(uri: &Uri, language: &str, folder: &Path) -> PathBuf {
    let name = uri.path().as_str().rsplit('/').next().unwrap_or_default();
    let name = percent_decode_str(name).decode_utf8_lossy().replace(['\\', ':'], "-");
    let extension = match language {
        "css" => "css",
        "javascript" => "js",
        "django-html" | "htmldjango" | "django" => "djhtml",
        "twig" => "twig",
        "nunjucks" => "njk",
        _ => "html",
    };
    let has_extension = Path::new(&name).extension().is_some();
    folder.join(if has_extension { name } else { format!("{name}.{extension}") })
}

/// A URI as RFC 3986 has it: what clients leave unescaped (`[`, `]`, `|`, spaces, letters beyond ASCII) is escaped.
pub fn escaped(uri: &str) -> Option<String> {
    if Uri::from_str(uri).is_ok() {
        return None;
    }
    let bytes = uri.as_bytes();
    let mut escaped = String::with_capacity(uri.len() + 12);
    for (at, &byte) in bytes.iter().enumerate() {
        if is_legal(byte, &bytes[at + 1..]) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(percent_encoding::percent_encode_byte(byte));
        }
    }
    Some(escaped)
}

fn is_legal(byte: u8, rest: &[u8]) -> bool {
    match byte {
        b'%' => rest.len() >= 2 && rest[..2].iter().all(u8::is_ascii_hexdigit),
        b'-' | b'.' | b'_' | b'~' | b'!' | b'$' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b';'
        | b'=' => true,
        b':' | b'@' | b'/' | b'?' | b'#' => true,
        _ => byte.is_ascii_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(uri: &str) -> Option<String> {
        let uri = Uri::from_str(&escaped(uri).unwrap_or_else(|| uri.to_owned())).unwrap();
        path_of(&uri).map(|path| path.to_string_lossy().into_owned())
    }

    #[test]
    #[cfg(unix)]
    fn file_uris_are_paths_whatever_stands_in_them() {
        let cases = [
            ("file:///a/b.html", Some("/a/b.html")),
            ("file:///a%20b/%23c/%25d/%C3%A9.html", Some("/a b/#c/%d/é.html")),
            ("file:///a b/[id]/é|x.html", Some("/a b/[id]/é|x.html")),
            ("file:///100%/x.html", Some("/100%/x.html")),
            ("file://localhost/a.html", Some("/a.html")),
            ("FILE:///a.html", Some("/a.html")),
            ("file:///c%3A/a.html", Some("/c:/a.html")),
            ("untitled:Untitled-1", None),
            ("git:/a/b.html?ref", None),
        ];
        for (uri, expected) in cases {
            assert_eq!(path(uri).as_deref(), expected, "{uri}");
        }
    }

    #[test]
    #[cfg(unix)]
    fn paths_come_back_from_their_uris() {
        for original in ["/a b/#c?d/%25/é/[x].html", "/a/\u{1F600}.html", "/a;b&c='d'.html"] {
            let uri = of_path(Path::new(original)).unwrap();
            assert_eq!(path(uri.as_str()).as_deref(), Some(original), "{}", uri.as_str());
        }
    }

    #[test]
    fn buffers_without_a_file_get_a_name_of_their_language() {
        let of = |uri: &str, language| {
            let path = path_of_buffer(&Uri::from_str(uri).unwrap(), language, Path::new("w"));
            path.file_name().unwrap().to_string_lossy().into_owned()
        };
        assert_eq!(of("untitled:Untitled-1", "html"), "Untitled-1.html");
        assert_eq!(of("untitled:/a/base.css", "css"), "base.css");
        assert_eq!(of("untitled:Untitled-2", "django-html"), "Untitled-2.djhtml");
    }
}
