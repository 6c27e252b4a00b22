//! URLs of literal and dynamic pieces, cut into path, query and fragment without losing where each stands.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use crate::reference::each_reads_like;
use crate::{HelperUse, Span};

/// A URL as written: literal text, helpers, and expressions known only when the page is rendered.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Url {
    /// The pieces, in order.
    pub pieces: Vec<Piece>,
}

/// One piece of a URL.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// Text, decoded.
    Literal(Literal),
    /// A helper's call, tag, filter or prefix variable.
    Helper(Arc<HelperUse>),
    /// An expression whose value is not known; the span is the expression's or the template block's.
    Dynamic(Span),
}

/// Decoded text that knows where each character stands in the source.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Literal {
    /// The text with entities, escapes and quotes resolved; percent-encoding stays.
    pub text: String,
    /// Where it stands, quotes excluded.
    pub span: Span,
    /// Where decoding changed lengths: (offset in `text`, offset in the source) after each decoded escape, ascending.
    pub breaks: Vec<(usize, usize)>,
}

impl Literal {
    /// Text that stands in the source as it is.
    pub fn verbatim(text: &str, span: Span) -> Self {
        Self { text: text.to_owned(), span, breaks: Vec::new() }
    }

    /// The source offset of the character at byte `offset` of `text`; an offset at the end gives the span's end.
    pub fn source_offset(&self, offset: usize) -> usize {
        if offset >= self.text.len() {
            return self.span.end;
        }
        let passed = self.breaks.partition_point(|&(decoded, _)| decoded <= offset);
        let (decoded, source) = passed.checked_sub(1).map_or((0, self.span.start), |last| self.breaks[last]);
        source + (offset - decoded)
    }

    /// The part of the text from byte `start` to `end`, with its place in the source.
    pub fn slice(&self, start: usize, end: usize) -> Self {
        let span = Span::new(self.source_offset(start), self.source_offset(end));
        let breaks = self.breaks.iter().filter(|&&(decoded, _)| start < decoded && decoded < end);
        Self {
            text: self.text[start..end].to_owned(),
            span: if start == end { Span::empty(span.start) } else { span },
            breaks: breaks.map(|&(decoded, source)| (decoded - start, source)).collect(),
        }
    }
}

impl Piece {
    fn reads_like(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Literal(one), Self::Literal(other)) => one.text == other.text,
            (Self::Helper(one), Self::Helper(other)) => Arc::ptr_eq(one, other) || one.reads_like(other),
            (Self::Dynamic(_), Self::Dynamic(_)) => true,
            _ => false,
        }
    }

    /// Where it stands.
    pub fn span(&self) -> Span {
        match self {
            Self::Literal(literal) => literal.span,
            Self::Helper(helper) => helper.span,
            Self::Dynamic(span) => *span,
        }
    }
}

/// A URL cut at its first `?` and `#`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UrlParts {
    /// What stands before `?` and `#`.
    pub path: Url,
    /// What stands after `?`, up to `#`.
    pub query: Option<Query>,
    /// The source offset of `#`, if there is a fragment in literal text.
    pub fragment: Option<usize>,
    /// The source offset at which the URL before a fragment ends: where a query or a further pair is inserted.
    pub end: usize,
}

/// A query in literal and dynamic pieces.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Query {
    /// The source offset of `?`.
    pub mark: usize,
    /// The pairs, in order; a keyless `?1a2b3c4d` is a pair with an empty key.
    pub pairs: Vec<QueryPair>,
}

/// One pair of a query.
#[derive(Clone, Debug, PartialEq)]
pub struct QueryPair {
    /// The key, decoded from entities; empty for a keyless value; with `?{{ x }}` empty too.
    pub key: String,
    /// The value's pieces.
    pub value: Url,
    /// The value's place in the source (empty just behind `=` for `?v=`).
    pub value_span: Span,
}

impl QueryPair {
    /// Where it stands, its key included.
    pub fn span(&self) -> Span {
        let key = if self.key.is_empty() { 0 } else { self.key.len() + 1 };
        Span::new(self.value_span.start.saturating_sub(key), self.value_span.end)
    }
}

impl Url {
    /// A URL of literal text alone.
    pub fn literal(literal: Literal) -> Self {
        Self { pieces: vec![Piece::Literal(literal)] }
    }

    /// The text, if every piece is literal.
    pub fn as_text(&self) -> Option<Cow<'_, str>> {
        if let [Piece::Literal(literal)] = &*self.pieces {
            return Some(Cow::Borrowed(&literal.text));
        }
        let texts = self.pieces.iter().map(|piece| match piece {
            Piece::Literal(literal) => Some(literal.text.as_str()),
            _ => None,
        });
        texts.collect::<Option<String>>().map(Cow::Owned)
    }

    /// The same as a text of its own.
    pub fn into_text(mut self) -> Option<String> {
        match &mut *self.pieces {
            [Piece::Literal(literal)] => Some(std::mem::take(&mut literal.text)),
            _ => self.as_text().map(Cow::into_owned),
        }
    }

    /// Whether it holds no piece, or only empty text.
    pub fn is_empty(&self) -> bool {
        self.as_text().is_some_and(|text| text.is_empty())
    }

    /// Whether any piece is dynamic.
    pub fn is_dynamic(&self) -> bool {
        self.pieces.iter().any(|piece| matches!(piece, Piece::Dynamic(_)))
    }

    /// Whether both are made of the same pieces, wherever these stand.
    pub fn reads_like(&self, other: &Self) -> bool {
        each_reads_like(&self.pieces, &other.pieces, Piece::reads_like)
    }

    /// The last piece of its path, which ends at the first `?` or `#` in literal text, and how many bytes of a literal
    /// are of the path; `None` where it has no path.
    pub fn path_end(&self) -> Option<(&Piece, usize)> {
        let mut last = None;
        for piece in &self.pieces {
            let Piece::Literal(literal) = piece else {
                last = Some((piece, 0));
                continue;
            };
            let end = literal.text.find(['?', '#']);
            let length = end.unwrap_or(literal.text.len());
            if length > 0 {
                last = Some((piece, length));
            }
            if end.is_some() {
                break;
            }
        }
        last
    }

    /// Cuts it at the first `?` and `#` in literal text.
    pub fn parts(&self) -> UrlParts {
        let fragment = self.pieces.iter().find_map(|piece| match piece {
            Piece::Literal(literal) => Some(literal.source_offset(literal.text.find('#')?)),
            _ => None,
        });
        let end = fragment.unwrap_or_else(|| self.pieces.last().map_or(0, |piece| piece.span().end));
        UrlParts { path: self.path(), query: self.query(), fragment, end }
    }

    /// What stands behind the first `?` in literal text, up to `#`.
    pub fn query(&self) -> Option<Query> {
        let mut query: Option<Query> = None;
        for (piece, length) in self.before_fragment() {
            match (&mut query, piece) {
                (Some(query), Piece::Literal(literal)) => query.push_text(literal, 0..length),
                (Some(query), piece) => query.push(piece.clone()),
                (None, Piece::Literal(literal)) => query = Query::begun(literal, length),
                (None, _) => {}
            }
        }
        query
    }

    fn path(&self) -> Self {
        let mut path = Self::default();
        for (piece, length) in self.before_fragment() {
            let Piece::Literal(literal) = piece else {
                path.pieces.push(piece.clone());
                continue;
            };
            let mark = literal.text[..length].find('?');
            match mark.unwrap_or(length) {
                0 => {}
                length => path.pieces.push(Piece::Literal(literal.slice(0, length))),
            }
            if mark.is_some() {
                break;
            }
        }
        path
    }

    /// The pieces before a fragment, with how many bytes of a literal stand before it.
    fn before_fragment(&self) -> impl Iterator<Item = (&Piece, usize)> {
        let mut is_over = false;
        self.pieces.iter().map_while(move |piece| {
            if is_over {
                return None;
            }
            let Piece::Literal(literal) = piece else { return Some((piece, 0)) };
            let hash = literal.text.find('#');
            is_over = hash.is_some();
            Some((piece, hash.unwrap_or(literal.text.len())))
        })
    }
}

impl UrlParts {
    /// The query pair of that key.
    pub fn pair(&self, key: &str) -> Option<&QueryPair> {
        self.query.as_ref()?.pairs.iter().find(|pair| pair.key == key)
    }
}

impl Query {
    /// A query that begins in the first `length` bytes of a literal.
    fn begun(literal: &Literal, length: usize) -> Option<Self> {
        let mark = literal.text[..length].find('?')?;
        let mut query = Self { mark: literal.source_offset(mark), pairs: Vec::new() };
        query.push_text(literal, mark + 1..length);
        Some(query)
    }

    fn push(&mut self, piece: Piece) {
        let span = piece.span();
        match self.pairs.last_mut() {
            Some(pair) => {
                pair.value_span = if pair.value.pieces.is_empty() { span } else { pair.value_span.to(span) };
                pair.value.pieces.push(piece);
            }
            None => self.pairs.push(QueryPair {
                key: String::new(),
                value: Url { pieces: vec![piece] },
                value_span: span,
            }),
        }
    }

    /// Takes in the text of a literal from byte `range.start` to `range.end`.
    fn push_text(&mut self, literal: &Literal, range: Range<usize>) {
        let mut start = range.start;
        for (number, part) in literal.text[range].split('&').enumerate() {
            let (begin, end) = (start, start + part.len());
            start = end + 1;
            if number == 0 && !self.pairs.is_empty() {
                if !part.is_empty() {
                    self.push(Piece::Literal(literal.slice(begin, end)));
                }
                continue;
            }
            if part.is_empty() && number == 0 {
                continue;
            }
            let key_length = part.find('=');
            let value = literal.slice(begin + key_length.map_or(0, |at| at + 1), end);
            self.pairs.push(QueryPair {
                key: key_length.map_or_else(String::new, |at| part[..at].to_owned()),
                value_span: value.span,
                value: if value.text.is_empty() { Url::default() } else { Url::literal(value) },
            });
        }
    }
}
