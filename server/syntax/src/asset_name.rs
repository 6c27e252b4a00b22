//! Names of files that are served as they are, told by their extension.

/// The extensions of assets.
const EXTENSIONS: &[&str] = &[
    "css",
    "js",
    "mjs",
    "cjs",
    "png",
    "jpg",
    "jpeg",
    "gif",
    "svg",
    "webp",
    "avif",
    "ico",
    "bmp",
    "apng",
    "woff",
    "woff2",
    "ttf",
    "otf",
    "eot",
    "mp3",
    "mp4",
    "m4a",
    "m4v",
    "webm",
    "ogg",
    "ogv",
    "oga",
    "wav",
    "flac",
    "mov",
    "vtt",
    "json",
    "webmanifest",
    "map",
    "wasm",
    "pdf",
    "xml",
    "txt",
    "zip",
    "csv",
];

/// Whether the path of `url` (query and fragment aside) ends in an asset's extension behind a name.
pub fn has_asset_extension(url: &str) -> bool {
    extension(url)
        .is_some_and(|extension| EXTENSIONS.iter().any(|known| known.eq_ignore_ascii_case(extension)))
}

/// The extension of the last segment of a URL's path.
pub fn extension(url: &str) -> Option<&str> {
    let path = &url[..url.find(['?', '#']).unwrap_or(url.len())];
    let name = path.rsplit('/').next()?;
    let (stem, extension) = name.rsplit_once('.')?;
    (!stem.is_empty() && !extension.is_empty()).then_some(extension)
}

/// Whether `.` and an asset's extension stand anywhere in `text`.
pub(crate) fn mentions_asset_extension(text: &str) -> bool {
    memchr::memchr_iter(b'.', text.as_bytes()).any(|dot| {
        let rest = &text.as_bytes()[dot + 1..];
        let length = rest.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
        (2..=11).contains(&length)
            && EXTENSIONS.iter().any(|known| known.as_bytes().eq_ignore_ascii_case(&rest[..length]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn assets_are_told_by_the_extension_of_the_path() {
        for asset in ["a.css", "/x/y.min.JS?v=1", "img/a.b.png#x", "../f.woff2"] {
            assert!(has_asset_extension(asset), "{asset}");
        }
        for other in ["/", "a", ".js", "page.html?x=a.css", "a.css/", "v1.2", "x.php"] {
            assert!(!has_asset_extension(other), "{other}");
        }
    }
}
