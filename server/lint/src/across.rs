//! The uses of assets by all sources of a project, lean: what rules across files are asked about.

use std::collections::HashSet;
use std::ffi::OsStr;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;
use std::sync::Arc;

use cachelint_syntax::{Place, Span};
use imbl::{HashMap, OrdSet};

use crate::version::{Carrier, Written};
use crate::{Judgement, Related, Resolved, Status};

/// The uses of assets by all sources of a project. Cheap to clone: clones share everything.
#[derive(Clone, Debug, Default)]
pub struct Across {
    by_source: HashMap<Arc<Path>, Arc<Uses>>,
    /// The sources that use an asset, by path.
    by_asset: HashMap<Arc<Path>, Arc<Vec<Arc<Path>>>>,
}

/// All uses as one source sees them.
#[derive(Clone, Copy, Debug)]
pub struct Elsewhere<'a> {
    /// Its own.
    pub own: &'a Uses,
    /// Those of all sources; what they say of this one does not count.
    pub across: &'a Across,
}

/// The uses of assets by one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Uses {
    /// The source, absolute.
    pub source: Arc<Path>,
    /// The source as people are shown it.
    pub shown: Arc<str>,
    /// Its uses, by asset (the keys first) and span.
    list: Box<[Use]>,
}

/// One use of an asset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Use {
    /// The asset, as [`Asset::path`](crate::Asset::path) has it.
    pub asset: Arc<Path>,
    /// The key of the asset: other assets have another, all but never the same.
    pub(crate) key: u64,
    /// Where in the source: the version, or the whole reference where it carries none.
    pub span: Span,
    /// In what it stands.
    pub place: Place,
    /// What is known of it.
    pub status: Status,
    /// The version that its URL carries.
    pub version: Carried,
    /// The whole query of its URL.
    pub query: Carried,
}

/// What a URL carries behind its path.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Carried {
    /// Nothing.
    Nothing,
    /// Text: `?v=1`.
    Literal(Arc<str>),
    /// Text with an expression in it: `?v={{ version }}`.
    Expression(Arc<str>),
    /// What the project adds when the page is rendered.
    Runtime,
}

impl Uses {
    /// These uses of a source, as people are shown it.
    pub(crate) fn new(source: &Path, shown: &str, uses: impl Iterator<Item = Use>) -> Self {
        let mut list: Box<[Use]> = uses.collect();
        list.sort_by(|one, other| (one.order(), one.span).cmp(&(other.order(), other.span)));
        Self { source: Arc::from(source), shown: Arc::from(shown), list }
    }

    /// No uses.
    pub fn none(source: &Path, shown: &str) -> Self {
        Self::new(source, shown, std::iter::empty())
    }

    /// Whether a URL in it has a query parameter of that name.
    pub fn writes(&self, parameter: &str) -> bool {
        self.list.iter().any(|one| one.query.parameters().any(|written| written == parameter))
    }

    /// The uses of one asset.
    fn of_asset(&self, asset: &Path) -> &[Use] {
        self.of_key(key(asset), asset)
    }

    /// The uses of an asset with that key.
    fn of_key(&self, key: u64, asset: &Path) -> &[Use] {
        let wanted = (key, spelled(asset));
        let start = self.list.partition_point(|one| one.order() < wanted);
        let count = self.list[start..].partition_point(|one| one.order() == wanted);
        &self.list[start..start + count]
    }

    /// Its assets, each once.
    fn assets(&self) -> impl Iterator<Item = &Arc<Path>> {
        self.list.chunk_by(|one, next| one.order() == next.order()).map(|uses| &uses[0].asset)
    }
}

/// A path as it is compared here, where many are: one text, not part by part.
fn spelled(path: &Path) -> &OsStr {
    path.as_os_str()
}

/// A number by which an asset is told from nearly all others: the paths of a project begin alike and are slow to compare.
fn key(asset: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    spelled(asset).hash(&mut hasher);
    hasher.finish()
}

/// The query that pairs and arguments make.
fn carried<'a>(text: &str, written: impl Iterator<Item = &'a Written>) -> Carried {
    let (mut query, mut is_literal) = (String::new(), true);
    for one in written {
        query.push(if query.is_empty() { '?' } else { '&' });
        if one.carrier != Carrier::Keyless {
            query.extend([&one.key, "="]);
        }
        match &one.value {
            Some(value) => query.push_str(value),
            None => query.extend(["{{ ", one.expression(text), " }}"]),
        }
        is_literal &= one.value.is_some();
    }
    match is_literal {
        true if query.is_empty() => Carried::Nothing,
        true => Carried::Literal(query.into()),
        false => Carried::Expression(query.into()),
    }
}

/// How many other places a finding names.
const MOST_RELATED: usize = 3;

impl Carried {
    /// The names of the parameters in a query.
    fn parameters(&self) -> impl Iterator<Item = &str> {
        let query = match self {
            Self::Literal(text) | Self::Expression(text) => &**text,
            Self::Nothing | Self::Runtime => "",
        };
        let pairs = query.trim_start_matches('?').split('&');
        pairs.filter_map(|pair| Some(pair.split_once('=')?.0))
    }

    /// As people are told of it.
    pub(crate) fn said(&self) -> &str {
        match self {
            Self::Nothing => "no version",
            Self::Literal(text) | Self::Expression(text) => text,
            Self::Runtime => "one added at run time",
        }
    }
}

impl<'a> Elsewhere<'a> {
    /// The uses of an asset with the sources they stand in: those in the source itself, then the others by path.
    pub(crate) fn uses(self, asset: &'a Path) -> impl Iterator<Item = (&'a Uses, &'a Use)> {
        let own = self.own.of_asset(asset).iter().map(move |one| (self.own, one));
        own.chain(self.across.uses(asset).filter(move |(uses, _)| !self.is_here(uses)))
    }

    /// Where other uses are, for people: `in templates/base.html`.
    pub(crate) fn phrase(&self, uses: &Uses) -> String {
        if self.is_here(uses) { "elsewhere in this file".to_owned() } else { format!("in {}", uses.shown) }
    }

    /// The keys of the assets that the source uses and that not all use with the same version and query: rules across files
    /// may speak of them, and of no other.
    pub(crate) fn uneven(self) -> HashSet<u64> {
        let by_asset = self.own.list.chunk_by(|one, next| one.order() == next.order());
        let is_uneven =
            |uses: &&[Use]| self.uses(&uses[0].asset).any(|(_, one)| !one.carries_the_same(&uses[0]));
        by_asset.filter(is_uneven).map(|uses| uses[0].key).collect()
    }

    fn is_here(&self, uses: &Uses) -> bool {
        uses.source == self.own.source
    }
}

/// The places of other uses, at most [`MOST_RELATED`], one for each message.
pub(crate) fn related(others: &[(&Uses, &Use)], message: impl Fn(&Use) -> String) -> Vec<Related> {
    let mut all: Vec<Related> = Vec::new();
    for (uses, one) in others {
        let message = message(one);
        if all.len() < MOST_RELATED && all.iter().all(|other| other.message != message) {
            all.push(Related { path: uses.source.to_path_buf(), span: one.span, message });
        }
    }
    all
}

impl Use {
    /// The use that a reference makes of an asset; `None` where it names none, or is never loaded.
    pub(crate) fn of(text: &str, resolved: &Resolved, judgement: &Judgement) -> Option<Self> {
        let (reference, asset) = (&resolved.reference, resolved.asset()?);
        if reference.inert.is_some() {
            return None;
        }
        let in_query = |written: &&Written| written.is_replaceable();
        let written = judgement.written.as_ref().filter(in_query);
        let is_runtime = judgement.status == Status::Runtime;
        let query = if is_runtime { Carried::Runtime } else { carried(text, resolved.beside_path()) };
        let is_all = resolved.beside_path().eq(written);
        let version = if is_runtime || is_all { query.clone() } else { carried(text, written.into_iter()) };
        Some(Self {
            key: key(&asset.path),
            asset: Arc::clone(&asset.path),
            span: written.map_or(reference.span, |written| written.span),
            place: reference.place,
            status: judgement.status,
            query,
            version,
        })
    }

    /// Whether the URLs of two uses of one asset have the same query; `None` where that is not certain.
    pub(crate) fn same_query(&self, other: &Self) -> Option<bool> {
        use Carried::{Expression, Literal, Nothing, Runtime};
        if self.status == Status::Unknown || other.status == Status::Unknown {
            return None;
        }
        match (&self.query, &other.query) {
            (Literal(here), Literal(there)) => Some(here == there),
            (one, other) if one == other => Some(true),
            (Nothing, _) | (_, Nothing) => Some(false),
            (Literal(_) | Expression(_) | Runtime, _) => None,
        }
    }

    /// By what the uses of a source are sorted before their span.
    fn order(&self) -> (u64, &OsStr) {
        (self.key, spelled(&self.asset))
    }

    /// Whether both carry the same version and query.
    fn carries_the_same(&self, other: &Self) -> bool {
        (&self.version, &self.query) == (&other.version, &other.query)
    }

    /// Whether both say the same of the same asset, wherever they stand.
    fn says_the_same(&self, other: &Self) -> bool {
        (spelled(&self.asset), self.place, self.status, &self.version, &self.query)
            == (spelled(&other.asset), other.place, other.status, &other.version, &other.query)
    }
}

impl Across {
    /// Takes in the uses of a source in place of what was known of it. The answer: the assets of which it says
    /// something else than before.
    pub fn insert(&mut self, uses: Arc<Uses>) -> OrdSet<Arc<Path>> {
        let before = self.by_source.get(&uses.source).map(Arc::clone);
        if before.as_ref().is_some_and(|before| says_the_same(&before.list, &uses.list)) {
            self.by_source.insert(Arc::clone(&uses.source), uses);
            return OrdSet::new();
        }
        self.put(Arc::clone(&uses));
        changed(before.as_deref(), Some(&uses))
    }

    /// Forgets a source. The answer: the assets of which it said something.
    pub fn remove(&mut self, source: &Path) -> OrdSet<Arc<Path>> {
        let Some(before) = self.by_source.remove(source) else { return OrdSet::new() };
        self.reindex(&before.source, Some(&before), None);
        changed(Some(&before), None)
    }

    /// The uses of an asset with the sources they stand in, by source and span.
    pub fn uses(&self, asset: &Path) -> impl Iterator<Item = (&Uses, &Use)> {
        let key = key(asset);
        let sources = self.sources(asset).filter_map(|source| self.by_source.get(source));
        sources.flat_map(move |uses| uses.of_key(key, asset).iter().map(move |one| (&**uses, one)))
    }

    /// The uses of one source.
    pub(crate) fn of_source(&self, source: &Path) -> Option<&Arc<Uses>> {
        self.by_source.get(source)
    }

    /// The sources that use an asset, by path.
    pub fn sources(&self, asset: &Path) -> impl Iterator<Item = &Arc<Path>> {
        self.by_asset.get(asset).into_iter().flat_map(|sources| sources.iter())
    }

    /// The sources that use an asset which not all use with the same version and query: rules across files may speak of
    /// them, and of no other.
    pub fn uneven_sources(&self) -> OrdSet<Arc<Path>> {
        let is_uneven = |asset: &&Arc<Path>| {
            let mut all = self.uses(asset).map(|(_, one)| one);
            all.next().is_some_and(|first| all.any(|other| !other.carries_the_same(first)))
        };
        let uneven = self.by_asset.keys().filter(is_uneven);
        uneven.flat_map(|asset| self.sources(asset)).map(Arc::clone).collect()
    }

    fn put(&mut self, uses: Arc<Uses>) {
        let before = self.by_source.insert(Arc::clone(&uses.source), Arc::clone(&uses));
        self.reindex(&uses.source, before.as_deref(), Some(&uses));
    }

    fn reindex(&mut self, source: &Arc<Path>, before: Option<&Uses>, after: Option<&Uses>) {
        for asset in assets_only_of(before, after) {
            let Some(sources) = self.by_asset.get_mut(asset) else { continue };
            if let Ok(place) = place(sources, source) {
                Arc::make_mut(sources).remove(place);
            }
            if sources.is_empty() {
                self.by_asset.remove(asset);
            }
        }
        for asset in assets_only_of(after, before) {
            let sources = self.by_asset.entry(Arc::clone(asset)).or_default();
            if let Err(place) = place(sources, source) {
                Arc::make_mut(sources).insert(place, Arc::clone(source));
            }
        }
    }
}

/// Where a source stands among others, or should.
fn place(sources: &[Arc<Path>], source: &Path) -> Result<usize, usize> {
    sources.binary_search_by(|other| spelled(other).cmp(spelled(source)))
}

/// The assets that one uses and the other does not.
fn assets_only_of<'a>(one: Option<&'a Uses>, other: Option<&Uses>) -> impl Iterator<Item = &'a Arc<Path>> {
    let is_in_other = move |asset: &&Arc<Path>| other.is_some_and(|other| !other.of_asset(asset).is_empty());
    one.into_iter().flat_map(Uses::assets).filter(move |asset| !is_in_other(asset))
}

/// Whether two lists of uses say the same of the same assets, wherever they stand.
fn says_the_same(one: &[Use], other: &[Use]) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(one, other)| one.says_the_same(other))
}

/// The assets of which a source says something else than before.
fn changed(before: Option<&Uses>, after: Option<&Uses>) -> OrdSet<Arc<Path>> {
    let differs = |asset: &&Arc<Path>| {
        let [one, other] = [before, after].map(|uses| uses.map_or(&[][..], |uses| uses.of_asset(asset)));
        !says_the_same(one, other)
    };
    let all = [before, after].into_iter().flatten().flat_map(Uses::assets);
    all.filter(differs).map(Arc::clone).collect()
}

impl FromIterator<Arc<Uses>> for Across {
    fn from_iter<T: IntoIterator<Item = Arc<Uses>>>(all: T) -> Self {
        let mut across = Self::default();
        for uses in all {
            across.put(uses);
        }
        across
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::resolve;
    use crate::{Settings, judge};

    fn uses(source: &str, text: &str) -> Arc<Uses> {
        let (_, resolved) = resolve(text);
        let of_one = |it: &Resolved| Use::of(text, it, &judge(it, &Settings::default()));
        Arc::new(Uses::new(Path::new(source), source, resolved.iter().filter_map(of_one)))
    }

    #[test]
    fn what_a_source_says_anew_is_told_by_asset() {
        let page = |body: &str| uses("page.html", body);
        let mut across = Across::default();
        let mut insert = |body: &str| {
            let changed = across.insert(page(body));
            changed.iter().map(|asset| asset.file_name().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(insert("<script src=a.js></script><img src=b.png?v=1>"), ["a.js", "b.png"]);
        assert_eq!(insert("\n<script src=a.js></script> <img src=b.png?v=1>").len(), 0);
        assert_eq!(insert("<script src=a.js></script><img src=b.png?v=2>"), ["b.png"]);
        assert_eq!(insert("<img src=b.png?v=2><img src=b.png?v=2>"), ["a.js", "b.png"]);
        assert_eq!(across.remove(Path::new("page.html")).len(), 1);
        assert_eq!(across.remove(Path::new("page.html")).len(), 0);
    }

    #[test]
    fn the_uses_of_an_asset_are_those_of_all_sources() {
        let mut across = Across::default();
        across.insert(uses("b.html", "<script src=a.js?v={{ version }}></script>"));
        across.insert(uses(
            "a.html",
            "<!-- <script src=a.js></script> --><script src=a.js?v=1&amp;x=2></script>",
        ));
        let all: Vec<_> = across.uses(Path::new("/site/static/a.js")).collect();
        let shown: Vec<_> = all.iter().map(|(uses, one)| (&*uses.shown, &one.version, &one.query)).collect();
        let literal = |text: &str| Carried::Literal(text.into());
        let expression = Carried::Expression("?v={{ version }}".into());
        assert_eq!(
            shown,
            [("a.html", &literal("?v=1"), &literal("?v=1&x=2")), ("b.html", &expression, &expression)]
        );
    }
}
