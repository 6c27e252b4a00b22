//! HTML's tag and attribute states: a template block belongs to the name or value it stands in.

use memchr::memchr;

use super::cursor::{HoleKind, Peek};
use super::elements::{self, Element};
use super::html::Walker;
use super::{Attribute, IslandKind, Within};
use crate::{Inert, Span};

/// A tag that was read.
pub(super) struct Tag {
    /// Its name, up to a block glued to it.
    name: Span,
    /// What is known of its element.
    pub(super) known: Element,
    /// Whether it ends in `/>`.
    pub(super) self_closing: bool,
    /// Where its attributes begin in the list of all.
    attributes: usize,
    /// Whether any block stands in it.
    has_blocks: bool,
}

impl Walker<'_, '_> {
    /// Reads a tag from its name at the cursor to `>`; `None` where it does not end.
    pub(super) fn tag(&mut self) -> Option<Tag> {
        let passed = self.cursor.passed();
        let attributes = self.found.attributes.len();
        let name = self.tag_name();
        let Some(self_closing) = self.attributes() else {
            self.found.attributes.truncate(attributes);
            return None;
        };
        let has_blocks = self.cursor.passed() > passed;
        let known = elements::known(self.bytes(name));
        Some(Tag { name, known, self_closing, attributes, has_blocks })
    }

    /// Lists the tag if it can hold a reference.
    pub(super) fn push_tag(&mut self, tag: &Tag, span: Span, inert: Option<Inert>) {
        let all = &self.found.attributes;
        let matters = tag.has_blocks
            || tag.known.holds_references
            || all[tag.attributes..].iter().any(|attribute| self.may_hold_reference(attribute));
        if matters {
            let attributes = tag.attributes..all.len();
            let name = match tag.known.name {
                "" => String::from_utf8_lossy(self.bytes(tag.name)).to_ascii_lowercase().into(),
                known => known.into(),
            };
            self.push(IslandKind::Tag { name, attributes }, span, inert);
        } else {
            self.found.attributes.truncate(tag.attributes);
        }
    }

    /// The value of the `type` attribute of a tag that was just read.
    pub(super) fn type_attribute(&self, tag: &Tag) -> Option<Span> {
        let mut attributes = self.found.attributes[tag.attributes..].iter();
        attributes.find(|attribute| self.is_named(attribute, "type"))?.value
    }

    fn is_named(&self, attribute: &Attribute, name: &str) -> bool {
        self.bytes(attribute.name).eq_ignore_ascii_case(name.as_bytes())
    }

    /// Whether it is a `style` or `data-…` attribute.
    fn may_hold_reference(&self, attribute: &Attribute) -> bool {
        let prefix = self.bytes(attribute.name).get(..5);
        self.is_named(attribute, "style")
            || prefix.is_some_and(|prefix| prefix.eq_ignore_ascii_case(b"data-"))
    }

    fn tag_name(&mut self) -> Span {
        let start = self.cursor.at;
        self.cursor.seek(|rest| rest.iter().position(|&byte| ends_name(byte)));
        Span::new(start, self.cursor.at)
    }

    fn bytes(&self, span: Span) -> &[u8] {
        &self.cursor.text[span.start..span.end]
    }

    /// Reads attributes up to and with `>`: whether `/` stands right before it; `None` at the end of the text.
    fn attributes(&mut self) -> Option<bool> {
        let mut self_closing = false;
        loop {
            match self.cursor.peek() {
                Peek::End => return None,
                Peek::Byte(b'>') => {
                    self.cursor.at += 1;
                    return Some(self_closing);
                }
                Peek::Byte(byte) if byte == b'/' || is_space(byte) => {
                    self.cursor.at += 1;
                    self_closing = byte == b'/';
                    continue;
                }
                Peek::Hole(HoleKind::Output) | Peek::Byte(_) => self.attribute(),
                Peek::Hole(_) => {
                    self.step_over(Within::Tag);
                }
            }
            self_closing = false;
        }
    }

    fn attribute(&mut self) {
        let start = self.cursor.at;
        self.attribute_name();
        let name = Span::new(start, self.cursor.at);
        self.skip_space();
        let mut attribute = Attribute { name, value: None, quote: None };
        if self.cursor.peek() == Peek::Byte(b'=') {
            self.cursor.at += 1;
            self.value(&mut attribute);
        }
        self.found.attributes.push(attribute);
    }

    /// Passes a name: `=` belongs to it only where it is the first, and no block makes the name.
    fn attribute_name(&mut self) {
        if self.cursor.peek() == Peek::Byte(b'=') && !self.cursor.behind_hole() {
            self.cursor.at += 1;
        }
        let ends = |byte: u8| ends_name(byte) || byte == b'=';
        loop {
            self.cursor.seek(|rest| rest.iter().position(|&byte| ends(byte)));
            if self.cursor.peek() != Peek::Hole(HoleKind::Output) {
                return;
            }
            self.step_over(Within::Tag);
        }
    }

    /// Passes white space and blocks that render as nothing.
    fn skip_space(&mut self) {
        loop {
            self.cursor.seek(|rest| rest.iter().position(|&byte| !is_space(byte)));
            match self.cursor.peek() {
                Peek::Hole(kind) if kind != HoleKind::Output => self.step_over(Within::Tag),
                _ => return,
            };
        }
    }

    /// Reads a value behind `=`.
    fn value(&mut self, attribute: &mut Attribute) {
        while matches!(self.cursor.peek(), Peek::Byte(byte) if is_space(byte)) {
            self.cursor.at += 1;
        }
        self.skip_blocks_before_quote();
        match self.cursor.peek() {
            Peek::Byte(b'>') | Peek::End => {}
            Peek::Byte(quote @ (b'"' | b'\'')) => self.quoted_value(attribute, quote),
            _ => self.unquoted_value(attribute),
        }
    }

    /// In `href={% if x %}"a"` the block belongs to the tag; in `href={% if x %}a` to the value.
    fn skip_blocks_before_quote(&mut self) {
        let mut ahead = self.cursor.clone();
        while matches!(ahead.peek(), Peek::Hole(kind) if kind != HoleKind::Output) {
            ahead.skip();
        }
        if matches!(ahead.peek(), Peek::Byte(b'"' | b'\'')) {
            while self.cursor.at < ahead.at && self.step_over(Within::Tag) {}
        }
    }

    fn quoted_value(&mut self, attribute: &mut Attribute, quote: u8) {
        self.cursor.at += 1;
        let start = self.cursor.at;
        if self.seek(Within::Value, |rest| memchr(quote, rest)) {
            attribute.value = Some(Span::new(start, self.cursor.at));
            attribute.quote = Some(char::from(quote));
            self.cursor.at += 1;
        }
    }

    fn unquoted_value(&mut self, attribute: &mut Attribute) {
        let start = self.cursor.at;
        let ends = |byte: u8| byte == b'>' || is_space(byte);
        self.seek(Within::Value, |rest| rest.iter().position(|&byte| ends(byte)));
        attribute.value = Some(Span::new(start, self.cursor.at));
    }
}

const fn is_space(byte: u8) -> bool {
    matches!(byte, b' ' | b'\t' | b'\n' | b'\r' | b'\x0c')
}

/// Whether a tag's or attribute's name ends before `byte`.
const fn ends_name(byte: u8) -> bool {
    is_space(byte) || matches!(byte, b'/' | b'>')
}
