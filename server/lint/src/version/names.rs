//! What file names and paths say of versions: fingerprints, dates and releases, told from ordinary names.

use std::ops::Range;

use super::values::{is_hex_digest, is_mixed};

/// What a file name or path holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameVersion {
    /// A digest that a build tool wrote.
    Fingerprint,
    /// A date or a time stamp.
    Date,
    /// A release number.
    Release,
}

/// Folders that build tools write to: there, shorter alphabets than hexadecimal are believed.
static BUILD_FOLDERS: [&str; 8] =
    ["assets", "dist", "build", "_next", "_app", "_astro", "bundles", "immutable"];

/// The version in a path (`/`-separated, without query) and its bytes in it.
pub(crate) fn path_version(path: &str) -> Option<(NameVersion, Range<usize>)> {
    let start = path.rfind('/').map_or(0, |slash| slash + 1);
    let folders = &path[..start];
    let built = folders.split('/').any(|folder| BUILD_FOLDERS.contains(&folder));
    let in_name = file_name(&path[start..], built).map(|(version, range)| (version, shift(range, start)));
    in_name.or_else(|| release_folder(folders).map(|range| (NameVersion::Release, range)))
}

/// The bytes of the hash in the name of a file that a build made; `None` where it holds none.
pub fn build_hash(name: &str) -> Option<Range<usize>> {
    file_name(name, true).filter(|(version, _)| *version == NameVersion::Fingerprint).map(|(_, range)| range)
}

/// The version in a file name and its bytes in it; `built` tells whether a build tool's folder holds it.
pub(crate) fn file_name(name: &str, built: bool) -> Option<(NameVersion, Range<usize>)> {
    let stem = stem(name)?;
    let token = fingerprint(stem, built);
    token
        .map(|range| (NameVersion::Fingerprint, range))
        .or_else(|| date(stem).map(|range| (NameVersion::Date, range)))
        .or_else(|| release(name).map(|range| (NameVersion::Release, range)))
}

fn shift(range: Range<usize>, by: usize) -> Range<usize> {
    range.start + by..range.end + by
}

/// The name without its extensions: `app.3f2a9c1b.chunk.js.map` gives `app.3f2a9c1b`.
fn stem(name: &str) -> Option<&str> {
    let name = name.strip_suffix(".map").unwrap_or(name);
    let (stem, extension) = name.rsplit_once('.')?;
    let plain = !extension.is_empty() && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let stem = [".chunk", ".bundle", ".min"].iter().find_map(|end| stem.strip_suffix(end)).unwrap_or(stem);
    plain.then_some(stem)
}

fn fingerprint(stem: &str, built: bool) -> Option<Range<usize>> {
    let end = stem.len();
    let start = stem.rfind(['.', '-', '_']).map_or(0, |at| at + 1);
    let token = &stem[start..];
    if is_hex_digest(token) && (start > 0 || token.len() >= 20) {
        return Some(start..end);
    }
    let lengths = [8, 9, 10, 7];
    let starts =
        lengths.iter().filter_map(|&length| end.checked_sub(length)).filter(|&at| stem.is_char_boundary(at));
    built
        .then(|| starts.filter(|&at| at > 0).find(|&at| is_build_token(&stem[at - 1..at], &stem[at..])))?
        .map(|at| at..end)
}

fn is_build_token(before: &str, token: &str) -> bool {
    let base32 = token.len() == 8 && token.bytes().all(|byte| matches!(byte, b'A'..=b'Z' | b'2'..=b'7'));
    matches!(before, "-" | ".") && (base32 || is_mixed(token))
}

fn date(stem: &str) -> Option<Range<usize>> {
    let start = stem.rfind(['.', '-', '_']).map(|at| at + 1)?;
    let token = &stem[start..];
    let digits = token.bytes().all(|byte| byte.is_ascii_digit());
    let epoch = token.len() == 10 && token.starts_with('1');
    (digits && (epoch || is_calendar_date(token))).then_some(start..stem.len())
}

fn is_calendar_date(token: &str) -> bool {
    let between = |range: Range<usize>, low: u32, high: u32| {
        token
            .get(range)
            .and_then(|part| part.parse().ok())
            .is_some_and(|number| low <= number && number <= high)
    };
    token.len() == 8 && between(0..4, 1990, 2099) && between(4..6, 1, 12) && between(6..8, 1, 31)
}

/// A release number in a file name: `[._-]v?1.2[.3]`, and not a scale such as `1.5x`.
fn release(name: &str) -> Option<Range<usize>> {
    let separators = name.char_indices().filter(|&(_, letter)| matches!(letter, '.' | '_' | '-' | '@'));
    separators.map(|(at, _)| at + 1).find_map(|start| {
        let end = start + numbers(&name[start..], 2)?;
        let closed = name[end..].is_empty() || name[end..].starts_with(['.', '_', '-', '+']);
        closed.then_some(start..end)
    })
}

/// A release number as a folder: `/1.6.5/`, `/v5/`, `/bootstrap@5.3.0/`, `/jquery-3.6.0/`.
fn release_folder(folders: &str) -> Option<Range<usize>> {
    let mut start = 0;
    for folder in folders.split('/') {
        let least = if folder.starts_with('v') { 1 } else { 2 };
        if numbers(folder, least) == Some(folder.len()) {
            return Some(start..start + folder.len());
        }
        if let Some(range) = release(folder) {
            return Some(shift(range, start));
        }
        start += folder.len() + 1;
    }
    None
}

/// The length of `v?1.2.3` at the start of `text`, with at least `least` numbers of at most four digits.
fn numbers(text: &str, least: usize) -> Option<usize> {
    let mut length = usize::from(text.starts_with('v'));
    let mut count = 0;
    loop {
        let digits = text[length..].bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 || digits > 4 {
            return None;
        }
        length += digits;
        count += 1;
        let rest = &text.as_bytes()[length..];
        if rest.first() == Some(&b'.') && rest.get(1).is_some_and(u8::is_ascii_digit) {
            length += 1;
        } else {
            return (count >= least).then_some(length);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(path: &str) -> Option<(NameVersion, &str)> {
        path_version(path).map(|(version, range)| (version, &path[range]))
    }

    #[test]
    fn fingerprints_are_found() {
        let table = [
            ("app.3f2a9c1b.js", "3f2a9c1b"),
            ("css/app.min.db37b280241c.css", "db37b280241c"),
            ("main.1a2b3c4d.chunk.js.map", "1a2b3c4d"),
            ("css/app-d41d8cd98f00b204e9800998ecf8427e.css", "d41d8cd98f00b204e9800998ecf8427e"),
            ("logo.f7b05e54.png", "f7b05e54"),
            ("/assets/main-UlpAV0Yy.js", "UlpAV0Yy"),
            ("/assets/main-D-tfNpnx.js", "D-tfNpnx"),
            ("/assets/index-B6NG_BIY.css", "B6NG_BIY"),
            ("dist/main-4VJD3CFD.js", "4VJD3CFD"),
            ("c0ffee00c0ffee00c0ff.png", "c0ffee00c0ffee00c0ff"),
        ];
        for (path, token) in table {
            assert_eq!(found(path), Some((NameVersion::Fingerprint, token)), "{path}");
        }
    }

    #[test]
    fn dates_and_releases_are_told_apart() {
        let table = [
            ("img/logo-20240608.png", NameVersion::Date, "20240608"),
            ("main.1718000000.css", NameVersion::Date, "1718000000"),
            ("jquery-3.6.0.min.js", NameVersion::Release, "3.6.0"),
            ("bootstrap.v5.3.js", NameVersion::Release, "v5.3"),
            ("lib/bootstrap@5.3.0/bootstrap.css", NameVersion::Release, "5.3.0"),
            ("js/1.6.5/angular.js", NameVersion::Release, "1.6.5"),
            ("/static/v5/app.css", NameVersion::Release, "v5"),
        ];
        for (path, version, token) in table {
            assert_eq!(found(path), Some((version, token)), "{path}");
        }
    }

    #[test]
    fn ordinary_names_hold_no_version() {
        let names = [
            "twilight-1.png",
            "inter-400.woff2",
            "icon-32x32.png",
            "facade.js",
            "decade.js",
            "added.js",
            "bag-shopping.svg",
            "external-link-alt.svg",
            "child-reaching.svg",
            "logo@2x.png",
            "hero-1.5x.png",
            "assets/apple-touch-icon.png",
            "assets/safari-pinned-tab.svg",
            "assets/mstile-150x150.png",
            "assets/readme-how-to-build.js",
            "assets/lib-JavaScript.js",
            "assets/page-HomePage2.js",
            "build/app-README.css",
            "app.js",
            "style",
            "css/style.css",
        ];
        for name in names {
            assert_eq!(found(name), None, "{name}");
        }
    }
}
