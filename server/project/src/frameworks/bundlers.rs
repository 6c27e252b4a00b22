//! Pages that are inputs of a bundler: what it rewrites carries a version where the site is built, what lies in its
//! public folder is copied as it is.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use cachelint_lint::Origin;

use crate::disk;
use crate::shown::{self, slashed};
use crate::world::World;

/// The bundler that a page is an input of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bundler {
    /// Whether it rewrites the URLs of files that are not public.
    pub(crate) rewrites: bool,
    /// The folders whose files it copies to `/` as they are.
    pub(crate) publics: Vec<PathBuf>,
    /// What proves it: its configuration, or the package file that names it.
    pub(crate) origin: Origin,
}

/// A bundler: what proves it in a folder, and what its pages and public folders are there.
struct Tool {
    name: &'static str,
    /// Its configuration files, without their extension.
    configs: &'static [&'static str],
    /// The packages that `package.json` names where it is used.
    packages: &'static [&'static str],
    pages: Pages,
    publics: &'static [&'static str],
    rewrites: bool,
}

/// Which pages are inputs.
enum Pages {
    /// One of that path below the folder.
    At(&'static str),
    /// Those below a folder.
    Below(&'static str),
    /// Those that the file which proves it names.
    Named,
}

/// The bundlers and site generators, as their documentation says where pages and public files lie.
const TOOLS: &[Tool] = &[
    Tool {
        name: "SvelteKit",
        configs: &["svelte.config"],
        packages: &["@sveltejs/kit"],
        pages: Pages::At("src/app.html"),
        publics: &["static"],
        rewrites: false,
    },
    Tool {
        name: "Astro",
        configs: &["astro.config"],
        packages: &["astro"],
        pages: Pages::Below("src/pages"),
        publics: &["public"],
        rewrites: false,
    },
    Tool {
        name: "Angular",
        configs: &["angular"],
        packages: &[],
        pages: Pages::Named,
        publics: &["public", "src"],
        rewrites: false,
    },
    Tool {
        name: "Create React App",
        configs: &[],
        packages: &["react-scripts"],
        pages: Pages::At("public/index.html"),
        publics: &["public"],
        rewrites: false,
    },
    Tool {
        name: "Vite",
        configs: &["vite.config"],
        packages: &["vite"],
        pages: Pages::At("index.html"),
        publics: &["public"],
        rewrites: true,
    },
    Tool {
        name: "Parcel",
        configs: &[],
        packages: &["parcel", "parcel-bundler"],
        pages: Pages::Named,
        publics: &[],
        rewrites: true,
    },
];

/// How much of a file that proves a bundler is read, in bytes.
const HEAD: u64 = 256 * 1024;
/// The package file of a folder.
const PACKAGE: &str = "package.json";
/// Extensions of configuration files.
const EXTENSIONS: [&str; 7] = ["js", "ts", "mjs", "mts", "cjs", "cts", "json"];

/// A bundler as a folder proves it.
#[derive(Clone, Debug)]
pub(super) struct Proof {
    tool: usize,
    file: PathBuf,
    text: Arc<str>,
    line: usize,
}

/// The bundler that the page at `page` is an input of.
pub(crate) fn of_page(world: &World, project: &Path, page: &Path) -> Option<Bundler> {
    let mut above = page.ancestors().skip(1).take_while(|above| above.starts_with(project));
    let proved = |folder| proofs(world, folder).iter().find_map(|it| bundler(project, it, folder, page));
    above.find_map(proved)
}

/// What the files of `folder` prove.
fn proofs(world: &World, folder: &Path) -> Arc<Vec<Proof>> {
    if let Some(proofs) = world.facts.bundlers.get(folder).map(|entry| Arc::clone(&entry)) {
        return proofs;
    }
    let listing = world.folders.list(folder);
    let read = |name: &str| {
        let there = listing.entries.get(name) == Some(&false);
        there
            .then(|| disk::read_head(&folder.join(name), HEAD))
            .flatten()
            .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    };
    let package = read(PACKAGE);
    let of_tool = |(tool, it): (usize, &Tool)| {
        let names =
            it.configs.iter().flat_map(|stem| EXTENSIONS.map(|extension| format!("{stem}.{extension}")));
        let by_config = names.into_iter().find_map(|name| Some((read(&name)?, name, 1)));
        let (text, name, line) = by_config.or_else(|| {
            let text = package.as_ref()?;
            let line = it.packages.iter().find_map(|package| line_of(text, &format!("\"{package}\":")))?;
            Some((text.clone(), PACKAGE.to_owned(), line))
        })?;
        Some(Proof { tool, file: folder.join(name), text: text.into(), line })
    };
    let proofs = Arc::new(TOOLS.iter().enumerate().filter_map(of_tool).collect::<Vec<_>>());
    world.facts.bundlers.insert(folder.to_owned(), Arc::clone(&proofs));
    proofs
}

/// The line, from 1, on which `text` holds `needle`.
fn line_of(text: &str, needle: &str) -> Option<usize> {
    text.lines().position(|line| line.contains(needle)).map(|before| before + 1)
}

fn bundler(project: &Path, proof: &Proof, folder: &Path, page: &Path) -> Option<Bundler> {
    let tool = TOOLS.get(proof.tool)?;
    let top = quoted(&proof.text, "root:")
        .map_or_else(|| folder.to_owned(), |root| crate::absolute(folder, Path::new(&root)));
    let is_input = match tool.pages {
        Pages::At(path) => page == top.join(path),
        Pages::Below(path) => page.starts_with(top.join(path)),
        Pages::Named => page.strip_prefix(folder).is_ok_and(|below| proof.text.contains(&slashed(below))),
    };
    let named = quoted(&proof.text, "publicDir:");
    let publics = match &named {
        Some(named) => vec![crate::absolute(&top, Path::new(named))],
        None => tool.publics.iter().map(|name| top.join(name)).collect(),
    };
    let origin = shown::origin(project, &proof.file, proof.line, tool.name);
    is_input.then_some(Bundler { rewrites: tool.rewrites, publics, origin })
}

/// The first string on the line behind `key` in a configuration: `'app'` in `root: resolve(__dirname, 'app')`.
fn quoted(text: &str, key: &str) -> Option<String> {
    let line = text.lines().find_map(|line| line.trim_start().strip_prefix(key))?;
    let start = line.find(['\'', '"', '`'])?;
    let quote = line[start..].chars().next()?;
    line[start + 1..].split_once(quote).map(|(value, _)| value.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Site;

    /// The bundler of a page in a project of `files`, in one line.
    fn of(files: &[(&str, &str)], page: &str) -> String {
        let site = Site::new(files);
        let top = site.path("");
        let world = World::new(top.clone());
        let Some(bundler) = of_page(&world, &top, &site.path(page)) else { return String::new() };
        let publics: Vec<_> =
            bundler.publics.iter().map(|path| slashed(path.strip_prefix(&top).unwrap())).collect();
        let rewrites = if bundler.rewrites { "rewrites" } else { "copies" };
        format!("{rewrites}, public {}, {}", publics.join(" "), bundler.origin.phrase())
    }

    #[test]
    fn a_page_is_an_input_where_its_bundler_looks_for_it() {
        let package = |name: &str| format!("{{\n  \"dependencies\": {{ \"{name}\": \"1\" }}\n}}\n");
        let (vite, react, parcel, svelte) =
            (package("vite"), package("react-scripts"), package("parcel"), package("@sveltejs/kit"));
        let source = parcel.replace("{\n", "{\n  \"source\": \"src/index.html\",\n");
        let table: [(&[(&str, &str)], &str, &str); 13] = [
            (&[("vite.config.ts", "")], "index.html", "rewrites, public public, Vite, vite.config.ts:1"),
            (
                &[("web/package.json", &vite)],
                "web/index.html",
                "rewrites, public web/public, Vite, web/package.json:2",
            ),
            (&[("vite.config.ts", "")], "templates/index.html", ""),
            (&[("vite.config.ts", "")], "dist/index.html", ""),
            (
                &[("vite.config.js", "export default {\n  root: 'src',\n  publicDir: '../static',\n}\n")],
                "src/index.html",
                "rewrites, public static, Vite, vite.config.js:1",
            ),
            (&[("vite.config.js", "export default {\n  root: 'src',\n}\n")], "index.html", ""),
            (
                &[("package.json", &react)],
                "public/index.html",
                "copies, public public, Create React App, package.json:2",
            ),
            (&[("package.json", &source)], "src/index.html", "rewrites, public , Parcel, package.json:3"),
            (&[("package.json", &parcel)], "src/index.html", ""),
            (
                &[("angular.json", "{ \"index\": \"src/index.html\" }")],
                "src/index.html",
                "copies, public public src, Angular, angular.json:1",
            ),
            (
                &[("package.json", &svelte)],
                "src/app.html",
                "copies, public static, SvelteKit, package.json:2",
            ),
            (
                &[("astro.config.mjs", "")],
                "src/pages/a.html",
                "copies, public public, Astro, astro.config.mjs:1",
            ),
            (&[("package.json", "{}")], "index.html", ""),
        ];
        for (files, page, expected) in table {
            assert_eq!(of(files, page), expected, "{page} of {files:?}");
        }
    }
}
