//! Tells the dialect of a text by its own tags.
//!
//! Each tag that some dialects have and others lack is a clue: it counts for all that have it. The dialect with
//! the highest sum wins; of equal ones the first of Jinja, Django, Twig, Liquid, Tornado, Nunjucks, plain.
//! It is certain of it where the lead over every dialect of other rules is wide: Jinja, Nunjucks and Twig are cut
//! by the same.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

use super::Dialect::{self, Django, Jinja, Liquid, Nunjucks, Plain, Tornado, Twig};
use super::clues::{self, Clue};
use super::{Detected, Family};
use crate::scan::{Block, BlockKind, plain_blocks};

/// In the order in which they win among equals.
const ORDER: [Dialect; 7] = [Jinja, Django, Twig, Liquid, Tornado, Nunjucks, Plain];

/// The lead over the best dialect of other rules that leaves no doubt.
const LEAD: usize = 4;

/// How many blocks tell enough.
const ENOUGH: usize = 500;

static EXPRESSIONS: LazyLock<AhoCorasick> = LazyLock::new(|| finder(clues::EXPRESSIONS));
static FOREIGN_ATTRIBUTES: LazyLock<AhoCorasick> = LazyLock::new(|| finder(clues::FOREIGN_ATTRIBUTES));

fn finder(clues: &[Clue]) -> AhoCorasick {
    let finder = AhoCorasick::new(clues.iter().map(|(clue, ..)| clue));
    finder.unwrap_or_else(|_| unreachable!("a table of clues is not too large"))
}

/// The dialect of a text by its tags; `None` for a text without any.
pub fn detect(text: &str) -> Option<Detected> {
    let mut blocks = plain_blocks(text);
    let first: Vec<Block> = blocks.by_ref().take(ENOUGH).collect();
    if first.is_empty() {
        return speaks_to_us(text).then_some(Detected { dialect: Jinja, certain: false });
    }
    let mut scores = Scores::default();
    first.iter().for_each(|block| judge(text, block, &mut scores));
    let is_statement = |block: &Block| block.kind == BlockKind::Statement;
    if !first.iter().any(is_statement) && !blocks.any(|block| is_statement(&block)) {
        scores.add_all(clues::FOREIGN_ATTRIBUTES, &FOREIGN_ATTRIBUTES, text);
    }
    Some(scores.best())
}

/// Whether a template comment holds a suppression: a comment alone is no clue (TinyMCE writes `{#x}`), but this one is.
fn speaks_to_us(text: &str) -> bool {
    text.split("{#")
        .skip(1)
        .any(|comment| comment.trim_start_matches('-').trim_start().starts_with("cachelint:"))
}

/// How much speaks for each dialect, in the order of [`ORDER`].
#[derive(Default)]
struct Scores([usize; ORDER.len()]);

impl Scores {
    fn add(&mut self, dialects: &[Dialect], weight: usize) {
        for (score, dialect) in self.0.iter_mut().zip(ORDER) {
            *score += if dialects.contains(&dialect) { weight } else { 0 };
        }
    }

    /// Adds the clues of a table whose text stands in `text`, which `finder` finds all in one pass.
    fn add_all(&mut self, clues: &[Clue], finder: &AhoCorasick, text: &str) {
        let mut seen = Vec::new();
        for found in finder.find_overlapping_iter(text).map(|found| found.pattern().as_usize()) {
            if !seen.contains(&found) {
                seen.push(found);
                self.add(clues[found].1, clues[found].2);
            }
        }
    }

    fn of(&self, dialect: Dialect) -> usize {
        ORDER.iter().position(|&other| other == dialect).map_or(0, |place| self.0[place])
    }

    fn best(&self) -> Detected {
        let highest = self.0.iter().copied().max().unwrap_or(0);
        let dialect = ORDER.into_iter().find(|&dialect| self.of(dialect) == highest).unwrap_or_default();
        let others = ORDER.into_iter().filter(|&other| !alike(dialect, other)).map(|other| self.of(other));
        Detected { dialect, certain: highest >= others.max().unwrap_or(0) + LEAD }
    }
}

/// Whether a text of one is cut by the same rules as the other.
fn alike(one: Dialect, other: Dialect) -> bool {
    one == other || (one.family() == Family::Jinja && other.family() == Family::Jinja)
}

fn judge(text: &str, block: &Block, scores: &mut Scores) {
    let inner = block.inner.of(text);
    match inner.as_bytes() {
        [b'-', ..] | [.., b'-'] => scores.add(&[Jinja, Nunjucks, Twig, Liquid], 1),
        [b'~', ..] | [.., b'~'] => scores.add(&[Twig], 4),
        _ => {}
    }
    let words = inner.trim_matches(['-', '~', '+']).trim();
    match block.kind {
        BlockKind::Statement => statement(words, scores),
        _ => output(inner, words, scores),
    }
    scores.add_all(clues::EXPRESSIONS, &EXPRESSIONS, words);
    arguments(words, scores);
}

fn statement(words: &str, scores: &mut Scores) {
    let end = words.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(words.len());
    let (keyword, rest) = words.split_at(end);
    let rest = rest.trim_start();
    if let Some((_, dialects, weight)) = clues::KEYWORDS.iter().find(|(word, ..)| *word == keyword) {
        scores.add(dialects, *weight);
    }
    let quoted = rest.starts_with(['"', '\'']);
    match keyword {
        "trans" if quoted => scores.add(&[Django], 4),
        "trans" => scores.add(&[Jinja, Twig], 2),
        "url" | "static" => scores.add(&[Django], if quoted { 4 } else { 2 }),
        "include" if !rest.contains(['"', '\'']) && rest.contains(".html") => scores.add(&[Liquid], 4),
        "include" if rest.contains(" with ") && rest.contains('=') => scores.add(&[Django], 3),
        "end" if rest.is_empty() => scores.add(&[Tornado], 4),
        "if" | "elif" | "for" if rest.contains('(') => scores.add(&[Jinja, Nunjucks, Twig, Tornado], 2),
        _ => {}
    }
}

fn output(inner: &str, words: &str, scores: &mut Scores) {
    if inner.starts_with(['#', '/', '>', '^', '!', '{', '&']) || words.starts_with(['.', '$']) {
        scores.add(&[Plain], 4);
    }
    let first = words.split_whitespace().next().unwrap_or_default();
    if clues::FOREIGN_WORDS.contains(&first) && (words.contains(' ') || matches!(first, "end" | "else")) {
        scores.add(&[Plain], 4);
    }
    if words.ends_with(')') {
        scores.add(&[Jinja, Nunjucks, Twig, Tornado], 1);
    }
}

/// Filters with arguments: `x|f:"a"` in Django, `x | f: "a"` in Liquid, `x|f("a")` in the others.
fn arguments(words: &str, scores: &mut Scores) {
    for filter in words.split('|').skip(1) {
        let filter = filter.trim_start();
        let end = filter.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(filter.len());
        match &filter.as_bytes()[end..] {
            [b':', b' ', ..] if end > 0 => scores.add(&[Liquid], 3),
            [b':', ..] if end > 0 => scores.add(&[Django, Liquid], 3),
            [b'(', ..] if end > 0 => scores.add(&[Jinja, Nunjucks, Twig], 3),
            _ => {}
        }
    }
}
