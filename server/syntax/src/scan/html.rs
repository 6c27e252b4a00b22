//! HTML's tokenizer: text, tags, comments and raw text, with template blocks stepped over.
//!
//! The states are those of the HTML standard (section 13.2.5), with the content model switched by the start
//! tag's name alone, as a page without scripting would have it in `<body>`.

use memchr::memchr;

use super::cursor::{Cursor, Hole, HoleKind, Peek};
use super::elements::{self, Content};
use super::open::Open;
use super::{Attribute, Block, Island, IslandKind, Within, script};
use crate::{Enclosing, Inert, Span};

/// What is found in HTML.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) islands: Vec<Island>,
    pub(super) attributes: Vec<Attribute>,
    /// The HTML comments that are not in another comment: the whole, and what is between the delimiters.
    pub(super) comments: Vec<(Span, Span)>,
    /// The start tags that are not in a comment.
    pub(super) start_tags: Vec<Span>,
    /// The runs of text, blocks in them included, in which no element is open that matters; only where asked for.
    pub(super) runs: Option<Vec<Span>>,
}

/// Walks over `range`; `outer` says why nothing in it is live. Tells each block where it stands.
pub(super) fn walk(
    text: &str,
    range: Span,
    holes: &[Hole],
    outer: Option<Inert>,
    blocks: &mut [Block],
    found: &mut Found,
) {
    let cursor = Cursor::new(text.as_bytes(), range, holes);
    Walker { cursor, outer, text: Within::Text, open: Open::default(), raw: false, blocks, found }.walk();
}

pub(super) struct Walker<'t, 'f> {
    pub(super) cursor: Cursor<'t>,
    /// Why nothing here is live. Comments and raw text in what is not live are not told from other text.
    outer: Option<Inert>,
    /// What running text is to a block.
    text: Within,
    /// The elements that are open and matter.
    open: Open,
    /// Whether the cursor is in the body of a raw block.
    raw: bool,
    blocks: &'f mut [Block],
    pub(super) found: &'f mut Found,
}

impl Walker<'_, '_> {
    fn walk(mut self) {
        loop {
            let start = self.cursor.at;
            let is_markup = self.seek(self.text, |rest| memchr(b'<', rest));
            self.note_run(Span::new(start, self.cursor.at));
            if !is_markup {
                return;
            }
            self.markup();
        }
    }

    fn note_run(&mut self, run: Span) {
        if let Some(runs) = &mut self.found.runs
            && self.outer.is_none()
            && self.open == Open::default()
        {
            runs.push(run);
        }
    }

    /// Goes to the next match of `find`, stepping over blocks; `false` at the end.
    pub(super) fn seek(&mut self, within: Within, find: impl Fn(&[u8]) -> Option<usize>) -> bool {
        while !self.cursor.seek(&find) {
            if !self.step_over(within) {
                return false;
            }
        }
        true
    }

    /// Steps over the block at the cursor, if there is one, and tells it where it stands.
    pub(super) fn step_over(&mut self, within: Within) -> bool {
        let Some(hole) = self.cursor.skip() else { return false };
        let inert = self.inert();
        if hole.kind != HoleKind::RawEnd {
            let block = &mut self.blocks[hole.block];
            (block.within, block.inert) = (within, inert);
        }
        match hole.kind {
            HoleKind::RawStart => self.raw = true,
            HoleKind::RawEnd => self.raw = false,
            HoleKind::Output | HoleKind::Silent => {}
        }
        true
    }

    /// Why what stands at the cursor is not live.
    fn inert(&self) -> Option<Inert> {
        self.outer.or(self.raw.then_some(Inert::Raw)).or(self.open.inert())
    }

    pub(super) fn push(&mut self, kind: IslandKind, span: Span, inert: Option<Inert>) {
        self.found.islands.push(Island { kind, span, inert, enclosing: Enclosing::default() });
    }

    /// Reads what begins with the `<` at the cursor.
    fn markup(&mut self) {
        let start = self.cursor.at;
        self.cursor.at += 1;
        match self.cursor.peek() {
            Peek::Byte(b'!') => self.declaration(start),
            Peek::Byte(b'?') => self.bogus_comment(),
            Peek::Byte(b'/') => self.end_tag(),
            Peek::Byte(byte) if byte.is_ascii_alphabetic() => self.start_tag(start),
            Peek::Hole(HoleKind::Output | HoleKind::Silent) => self.start_tag(start),
            _ => {}
        }
    }

    fn start_tag(&mut self, start: usize) {
        let inert = self.inert();
        let Some(tag) = self.tag() else { return };
        let body = self.cursor.at;
        if self.outer.is_none() {
            self.found.start_tags.push(Span::new(start, body));
        }
        let name = tag.known.name;
        self.open.start(tag.known.inside, tag.self_closing);
        let closed = tag.self_closing && self.open.foreign();
        let content = if closed { Content::Markup } else { tag.known.content };
        let kind = if content == Content::Script { self.type_attribute(&tag) } else { None };
        self.push_tag(&tag, Span::new(start, body), inert);
        match content {
            Content::Markup => {}
            Content::Script => {
                script::seek_end(self);
                let body = Span::new(body, self.cursor.at);
                self.push(IslandKind::Script { kind }, body, inert);
            }
            Content::Style => {
                self.raw_text(name, Within::Style);
                self.push(IslandKind::Style, Span::new(body, self.cursor.at), inert);
            }
            Content::Text => self.raw_text(name, self.text),
            Content::Sample if self.outer.is_some() => {}
            Content::Sample => {
                self.raw_text(name, self.text);
                self.nested(Span::new(body, self.cursor.at), Inert::Code, self.text);
            }
            Content::Rest => while self.seek(self.text, |_| None) {},
        }
    }

    fn end_tag(&mut self) {
        self.cursor.at += 1;
        match self.cursor.peek() {
            Peek::Byte(b'>') => self.cursor.at += 1,
            Peek::Byte(byte) if !byte.is_ascii_alphabetic() => self.bogus_comment(),
            _ => {
                let attributes = self.found.attributes.len();
                if let Some(tag) = self.tag() {
                    self.open.end(tag.known.inside);
                }
                self.found.attributes.truncate(attributes);
            }
        }
    }

    /// Goes to the end tag of `name`, or the end.
    fn raw_text(&mut self, name: &str, within: Within) {
        while self.seek(within, |rest| memchr(b'<', rest)) {
            if elements::ends(self.cursor.rest(), name) {
                return;
            }
            self.cursor.at += 1;
        }
    }

    /// Reads what begins with `<!`.
    fn declaration(&mut self, start: usize) {
        let rest = self.cursor.rest();
        if rest.starts_with(b"!--") {
            self.cursor.at += 3;
            if self.outer.is_none() {
                self.comment(start);
            }
        } else if rest.starts_with(b"![CDATA[") && self.open.foreign() {
            while self.seek(self.text, |rest| memchr(b']', rest)) {
                if self.cursor.rest().starts_with(b"]]>") {
                    return;
                }
                self.cursor.at += 1;
            }
        } else {
            self.bogus_comment();
        }
    }

    /// A comment whose `<!--` was read.
    fn comment(&mut self, start: usize) {
        let body = self.cursor.at;
        let rest = self.cursor.rest();
        let (body_end, length) = if rest.starts_with(b">") {
            (body, 1)
        } else if rest.starts_with(b"->") {
            (body, 2)
        } else {
            self.seek_comment_end()
        };
        self.cursor.at += length;
        let body = Span::new(body, body_end);
        self.found.comments.push((Span::new(start, self.cursor.at), body));
        let inert = if elements::is_condition(&self.cursor.text[body.start..body.end]) {
            Inert::ConditionalComment
        } else {
            Inert::HtmlComment
        };
        self.nested(body, inert, Within::HtmlComment);
    }

    /// Goes to the end of a comment: where its body ends, and the length of what closes it.
    fn seek_comment_end(&mut self) -> (usize, usize) {
        while self.seek(Within::HtmlComment, |rest| memchr(b'-', rest)) {
            let rest = self.cursor.rest();
            if rest.starts_with(b"-->") {
                return (self.cursor.at, 3);
            }
            if rest.starts_with(b"--!>") {
                return (self.cursor.at, 4);
            }
            self.cursor.at += 1;
        }
        (self.cursor.at, 0)
    }

    fn bogus_comment(&mut self) {
        if self.seek(self.text, |rest| memchr(b'>', rest)) {
            self.cursor.at += 1;
        }
    }

    /// Walks over what was passed as text once more, for the tags in it, none of them live.
    fn nested(&mut self, range: Span, inert: Inert, text: Within) {
        let walker = Walker {
            cursor: self.cursor.over(range),
            outer: Some(inert),
            text,
            open: Open::default(),
            raw: false,
            blocks: &mut *self.blocks,
            found: &mut *self.found,
        };
        walker.walk();
    }
}
