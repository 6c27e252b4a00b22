//! Jinja's lexer: brackets balance, strings may hold delimiters, blocks may span lines.
//!
//! Where Jinja2 raises, as little as possible is lost: a block whose brackets or strings do not close ends at
//! the first closing delimiter that comes before another opening one; failing that, its opening is plain text.

use memchr::{memchr, memchr2, memchr3};

use super::blocks::{Cut, block};
use super::seek::Seeker;
use super::{Block, BlockKind};
use crate::{Delimiters, Dialect, Span};

/// How often a text may be read over in attempts at blocks that turn out not to close.
const WASTE: usize = 4;

/// How many bytes may be read in vain in a text of that length.
pub(super) const fn affordable(length: usize) -> usize {
    WASTE * length
}

/// The blocks in `range`.
pub(super) fn cut(text: &str, range: Span, dialect: Dialect, delimiters: &Delimiters) -> Cut {
    let mut cutter = Cutter::new(&text[..range.end], dialect, delimiters);
    cutter.waste = affordable(range.len());
    let mut position = range.start;
    while let Some((at, kind)) = cutter.opener(position) {
        position = match cutter.block(at, kind) {
            Some(block) => {
                let end = block.span.end;
                cutter.blocks.push(block);
                end
            }
            None => at + 1,
        };
    }
    let wasted = affordable(range.len()) - cutter.waste;
    Cut { blocks: cutter.blocks, doubts: cutter.doubts, wasted }
}

struct Cutter<'t> {
    text: &'t str,
    bytes: &'t [u8],
    /// In the order in which Jinja2 tries them: the longest opening first.
    syntaxes: [Syntax<'t>; 3],
    first_bytes: [u8; 3],
    /// The marks of white space control that may follow an opening delimiter.
    marks: &'static [u8],
    /// The names of statements whose body is plain text.
    raw: Vec<Raw>,
    /// The bytes that may still be read in vain.
    waste: usize,
    blocks: Vec<Block>,
    /// [`Cut::doubts`].
    doubts: Vec<Span>,
}

struct Syntax<'t> {
    kind: BlockKind,
    open: &'t [u8],
    close: &'t [u8],
    closes: Seeker<'t>,
    /// The marks of white space control that may precede the closing delimiter.
    marks: &'static [u8],
}

struct Raw {
    word: &'static str,
    end: &'static str,
    /// Whether there is no further end in the text.
    exhausted: bool,
}

impl<'t> Cutter<'t> {
    fn new(text: &'t str, dialect: Dialect, delimiters: &'t Delimiters) -> Self {
        let twig = dialect == Dialect::Twig;
        let marks: &[u8] = if twig { b"-~" } else { b"-+" };
        let syntax = |kind, (open, close): &'t (String, String), marks| Syntax {
            kind,
            open: open.as_bytes(),
            close: close.as_bytes(),
            closes: Seeker::new(close),
            marks,
        };
        let mut syntaxes = [
            syntax(BlockKind::Output, &delimiters.output, if twig { marks } else { b"-" }),
            syntax(BlockKind::Comment, &delimiters.comment, marks),
            syntax(BlockKind::Statement, &delimiters.statement, marks),
        ];
        syntaxes.sort_by_key(|syntax| std::cmp::Reverse(syntax.open.len()));
        let first_bytes = [0, 1, 2].map(|at: usize| syntaxes[at].open.first().copied().unwrap_or(b'{'));
        let raw = |word, end| Raw { word, end, exhausted: false };
        let raw = match dialect {
            Dialect::Jinja => vec![raw("raw", "endraw")],
            _ => vec![raw("raw", "endraw"), raw("verbatim", "endverbatim")],
        };
        let bytes = text.as_bytes();
        let (blocks, doubts) = (Vec::new(), Vec::new());
        Self { text, bytes, syntaxes, first_bytes, marks, raw, waste: 0, blocks, doubts }
    }

    /// What may have opened at `at` did not, as showed at `seen`; `None` where a longer text may show it.
    fn doubt(&mut self, at: usize, seen: Option<usize>) {
        self.doubts.push(Span::new(at, seen.unwrap_or(usize::MAX)));
    }

    /// The next opening delimiter at or after `from`, and which of the syntaxes it belongs to.
    fn opener(&self, mut from: usize) -> Option<(usize, usize)> {
        let [a, b, c] = self.first_bytes;
        loop {
            let rest = self.bytes.get(from..)?;
            let at = from + if a == b && b == c { memchr(a, rest) } else { memchr3(a, b, c, rest) }?;
            let found = self.syntaxes.iter().position(|syntax| self.has(at, syntax.open));
            if let Some(syntax) = found {
                return Some((at, syntax));
            }
            from = at + 1;
        }
    }

    fn has(&self, at: usize, needle: &[u8]) -> bool {
        !needle.is_empty() && self.bytes[at..].starts_with(needle)
    }

    fn block(&mut self, at: usize, syntax: usize) -> Option<Block> {
        if let Some(raw) = self.raw_block(at) {
            return Some(raw);
        }
        let Syntax { kind, open, .. } = self.syntaxes[syntax];
        let body = self.skip_mark(at + open.len());
        let (inner_end, end) = match kind {
            BlockKind::Comment => self.first_close(syntax, body)?,
            _ => self.balanced(syntax, body).or_else(|| self.nearest(syntax, body))?,
        };
        Some(block(self.text, kind, Span::new(at, end), Span::new(body, inner_end)))
    }

    fn skip_mark(&self, at: usize) -> usize {
        at + usize::from(self.bytes.get(at).is_some_and(|byte| self.marks.contains(byte)))
    }

    /// Where the inner part and the block end, if a closing delimiter, with or without a mark, stands at `at`.
    fn close_at(&self, syntax: usize, at: usize) -> Option<(usize, usize)> {
        let Syntax { close, marks, .. } = self.syntaxes[syntax];
        let marked = self.bytes.get(at).is_some_and(|byte| marks.contains(byte));
        if marked && self.has(at + 1, close) {
            return Some((at, at + 1 + close.len()));
        }
        self.has(at, close).then_some((at, at + close.len()))
    }

    /// The end at the first closing delimiter.
    fn first_close(&mut self, syntax: usize, body: usize) -> Option<(usize, usize)> {
        let Syntax { close, closes, marks, .. } = &mut self.syntaxes[syntax];
        let Some(at) = closes.next(self.bytes, body) else {
            self.doubt(body, None);
            return None;
        };
        let marked = at > body && marks.contains(&self.bytes[at - 1]);
        Some((at - usize::from(marked), at + close.len()))
    }

    /// The end at the first closing delimiter, unless another block opens before it.
    fn nearest(&mut self, syntax: usize, body: usize) -> Option<(usize, usize)> {
        let (inner_end, end) = self.first_close(syntax, body)?;
        let next = self.opener(body).map_or(usize::MAX, |(at, _)| at);
        if next < inner_end {
            self.doubt(body, Some(next + 1));
            return None;
        }
        Some((inner_end, end))
    }

    /// The end by Jinja2's own rules.
    fn balanced(&mut self, syntax: usize, body: usize) -> Option<(usize, usize)> {
        if self.waste == 0 {
            self.doubt(body, None);
            return None;
        }
        match self.lex(syntax, body) {
            Ok(end) => Some(end),
            Err(at) => {
                self.waste = self.waste.saturating_sub(at - body);
                self.doubt(body, (at < self.bytes.len()).then_some(at + 1));
                None
            }
        }
    }

    /// Lexes tokens up to the closing delimiter; else says how far it came.
    fn lex(&self, syntax: usize, body: usize) -> Result<(usize, usize), usize> {
        let mut brackets = Vec::new();
        let mut at = body;
        while let Some(&byte) = self.bytes.get(at) {
            if brackets.is_empty()
                && let Some(end) = self.close_at(syntax, at)
            {
                return Ok(end);
            }
            match byte {
                b'(' => brackets.push(b')'),
                b'[' => brackets.push(b']'),
                b'{' => brackets.push(b'}'),
                b')' | b']' | b'}' if brackets.pop() != Some(byte) => return Err(at),
                _ => {}
            }
            at = self.token_end(at, byte).ok_or(self.bytes.len())?;
        }
        Err(at)
    }

    /// Where the token at `at` ends; `None` for a string that does not.
    fn token_end(&self, at: usize, byte: u8) -> Option<usize> {
        match byte {
            b'\'' | b'"' => string_end(self.bytes, at),
            b'/' | b'*' | b'=' if self.bytes.get(at + 1) == Some(&byte) => Some(at + 2),
            b'!' | b'<' | b'>' if self.bytes.get(at + 1) == Some(&b'=') => Some(at + 2),
            _ => Some(word_end(self.text, at)),
        }
    }

    /// A raw block that opens at `at` and has an end.
    fn raw_block(&mut self, at: usize) -> Option<Block> {
        let statement = self.syntaxes.iter().position(|syntax| syntax.kind == BlockKind::Statement)?;
        let (number, body) = (0..self.raw.len()).find_map(|number| {
            let (mark, end) = self.tag_at(statement, at, self.raw[number].word)?;
            // Jinja2 knows no `{% raw +%}`.
            (mark != Some(b'+')).then_some((number, end))
        })?;
        let Raw { end: word, exhausted, .. } = self.raw[number];
        let end = if exhausted { None } else { self.raw_end(statement, body, word) };
        let Some((inner_end, end)) = end else {
            self.raw[number].exhausted = true;
            self.doubt(at, None);
            return None;
        };
        Some(block(self.text, BlockKind::Raw, Span::new(at, end), Span::new(body, inner_end)))
    }

    fn raw_end(&self, statement: usize, body: usize, word: &str) -> Option<(usize, usize)> {
        let mut at = body;
        loop {
            at += memchr::memmem::find(&self.bytes[at..], self.syntaxes[statement].open)?;
            if let Some((_, end)) = self.tag_at(statement, at, word) {
                return Some((at, end));
            }
            at += 1;
        }
    }

    /// If the statement at `at` is `word` alone: the mark before its closing delimiter, and its end.
    fn tag_at(&self, statement: usize, at: usize, word: &str) -> Option<(Option<u8>, usize)> {
        let open = self.syntaxes[statement].open;
        if !self.has(at, open) {
            return None;
        }
        let rest = self.text.get(self.skip_mark(at + open.len())..)?;
        let rest = rest.trim_start().strip_prefix(word)?.trim_start();
        let (close, end) = self.close_at(statement, self.text.len() - rest.len())?;
        let marked = close + self.syntaxes[statement].close.len() < end;
        Some((marked.then(|| self.bytes[close]), end))
    }
}

/// Where the string that opens at `at` ends.
fn string_end(bytes: &[u8], at: usize) -> Option<usize> {
    let quote = bytes[at];
    let mut at = at + 1;
    loop {
        at += memchr2(quote, b'\\', bytes.get(at..)?)?;
        if bytes[at] == quote {
            return Some(at + 1);
        }
        at += 2;
    }
}

/// Where the run of letters, digits and underscores at `at` ends; of any other character, the next.
fn word_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let length = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
    let single = rest.chars().next().map_or(1, char::len_utf8);
    at + length.max(single)
}
