//! Assets: local static files and their digests.

use std::path::Path;
use std::sync::Arc;

use cachelint_syntax::case::in_lower_case;

/// A local static file that a reference names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asset {
    /// Where it is on disk: absolute, links not resolved.
    pub path: Arc<Path>,
    /// Its path below its static root (or, on a plain site, as the page names it), with `/`: `css/style.css`.
    pub name: String,
    /// The URL path that serves it, without version: `/static/css/style.css`.
    pub url: String,
    /// Which kind of root it was found in.
    pub root: RootKind,
    /// Its size in bytes.
    pub size: u64,
    /// Its digests; `None` where it is larger than the limit, or could not be read.
    pub digests: Option<Digests>,
    /// Whether git ignores it: it is built, and a literal version would not survive the next build.
    pub ignored: bool,
    /// Whether it is a script that imports other modules (asked of module scripts only).
    pub imports: bool,
    /// Whether it is a stylesheet that refers, however many others lie between, to the stylesheet that refers to it.
    pub leads_back: bool,
    /// Whether the reference names it in another case than the disk does; then the name on disk.
    pub case_on_disk: Option<String>,
}

/// How a static root came to be known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RootKind {
    /// The configuration names it.
    Configured,
    /// The project's code names it.
    Code,
    /// A convention suggests it.
    Guessed,
    /// A plain site: URLs are relative to the template's own folder.
    Page,
}

/// What an asset is to a browser, by its extension.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum AssetKind {
    /// CSS.
    Stylesheet,
    /// JavaScript (`js`, `mjs`, `cjs`).
    Script,
    /// Images and icons.
    Image,
    /// Fonts.
    Font,
    /// Audio, video, subtitles.
    Media,
    /// A web app manifest, `robots.txt`, `browserconfig.xml`.
    WellKnown,
    /// Any other file that is served as it is: PDF, JSON, WebAssembly, archives, maps.
    Other,
    /// A page, or a URL without an extension: no asset.
    Page,
}

/// The digests of an asset's bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Digests {
    /// SHA-256: of the bytes, or of the text under the configured line endings, or a Git LFS pointer's `oid`.
    pub sha256: [u8; 32],
    /// What a version written by another tool may have been made of; computed only where a reference has a version,
    /// or where versions are cut from another algorithm. The first is the reading that `sha256` is of.
    pub others: Vec<TextDigests>,
}

/// The digests of one reading of an asset: its bytes as they are, or under other line endings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextDigests {
    /// SHA-256.
    pub sha256: [u8; 32],
    /// SHA-1.
    pub sha1: [u8; 20],
    /// MD5.
    pub md5: [u8; 16],
    /// The id that git gives it: SHA-1 of `blob`, its size and its bytes; computed only where versions are cut from it.
    pub blob: Option<[u8; 20]>,
    /// What an `integrity` may hold beside SHA-256; computed only where a reference has one.
    pub strong: Option<StrongDigests>,
}

/// The longer digests of Subresource Integrity.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StrongDigests {
    /// SHA-384.
    pub sha384: [u8; 48],
    /// SHA-512.
    pub sha512: [u8; 64],
}

impl AssetKind {
    /// The kind of a file of that name or path, by its extension.
    pub fn of(name: &str) -> Self {
        let file = in_lower_case(name.rsplit('/').next().unwrap_or(name));
        if WELL_KNOWN.contains(&&*file) {
            return Self::WellKnown;
        }
        let Some((stem, extension)) = file.rsplit_once('.') else { return Self::Page };
        match extension {
            "css" => Self::Stylesheet,
            "js" | "mjs" | "cjs" => Self::Script,
            "png" | "jpg" | "jpeg" | "jfif" | "gif" | "svg" | "svgz" | "webp" | "avif" | "jxl" | "apng"
            | "ico" | "cur" | "bmp" | "tif" | "tiff" | "heic" => Self::Image,
            "woff" | "woff2" | "ttf" | "otf" | "eot" | "ttc" => Self::Font,
            "mp4" | "m4v" | "webm" | "ogv" | "ogg" | "oga" | "opus" | "mp3" | "m4a" | "aac" | "flac"
            | "wav" | "mov" | "avi" | "mkv" | "m3u8" | "vtt" | "srt" => Self::Media,
            "webmanifest" => Self::WellKnown,
            "html" | "htm" | "xhtml" | "php" | "asp" | "aspx" | "jsp" | "cgi" => Self::Page,
            _ if stem.is_empty() || extension.is_empty() => Self::Page,
            _ => Self::Other,
        }
    }
}

/// File names that browsers and crawlers ask for by convention, or that other files name without a version.
static WELL_KNOWN: [&str; 6] =
    ["manifest.json", "site.webmanifest", "robots.txt", "browserconfig.xml", "humans.txt", "ads.txt"];
