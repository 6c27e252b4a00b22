//! The comments of CSS and JavaScript, told from strings, templates and regular expressions.

use memchr::memmem;

use super::Within;
use super::cursor::{Cursor, Hole, Peek};
use crate::Span;

/// The comments in `range`: the whole, and what is between the delimiters.
pub(super) fn comments(text: &str, range: Span, language: Within, holes: &[Hole]) -> Vec<(Span, Span)> {
    let cursor = Cursor::new(text.as_bytes(), range, holes);
    let mut lexer = Lexer { cursor, script: language == Within::Script, value: false, comments: Vec::new() };
    while lexer.token() {}
    lexer.comments
}

struct Lexer<'t> {
    cursor: Cursor<'t>,
    script: bool,
    /// Whether a value stands just before: `/` then divides.
    value: bool,
    comments: Vec<(Span, Span)>,
}

impl Lexer<'_> {
    /// Passes a token or block; `false` at the end.
    fn token(&mut self) -> bool {
        let byte = match self.cursor.peek() {
            Peek::End => return false,
            Peek::Hole(_) => {
                self.value = true;
                return self.cursor.skip().is_some();
            }
            Peek::Byte(byte) => byte,
        };
        let rest = self.cursor.rest();
        match byte {
            b'/' if rest.starts_with(b"/*") => self.block_comment(),
            b'/' if self.script && rest.starts_with(b"//") => self.line_comment(),
            b'"' | b'\'' => self.string(byte),
            b'`' if self.script => self.string(byte),
            b'/' if self.script && !self.value => self.regex(),
            _ => self.other(byte),
        }
        true
    }

    fn other(&mut self, byte: u8) {
        self.cursor.at += 1;
        if byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..) {
            let start = self.cursor.at - 1;
            self.cursor.seek(|rest| rest.iter().position(|byte| !is_word(*byte)));
            self.value = !precedes_regex(&self.cursor.text[start..self.cursor.at]);
        } else if !byte.is_ascii_whitespace() {
            self.value = matches!(byte, b')' | b']' | b'}');
        }
    }

    fn block_comment(&mut self) {
        let start = self.cursor.at;
        self.cursor.at += 2;
        let body = self.cursor.at;
        let closed = self.seek(|rest| memmem::find(rest, b"*/"));
        let body = Span::new(body, self.cursor.at);
        self.cursor.at += if closed { 2 } else { 0 };
        self.comments.push((Span::new(start, self.cursor.at), body));
    }

    fn line_comment(&mut self) {
        let start = self.cursor.at;
        self.cursor.at += 2;
        self.seek(|rest| memchr::memchr2(b'\n', b'\r', rest));
        let whole = Span::new(start, self.cursor.at);
        self.comments.push((whole, Span::new(start + 2, whole.end)));
    }

    /// Goes to the next match of `find`, stepping over blocks.
    fn seek(&mut self, find: impl Fn(&[u8]) -> Option<usize>) -> bool {
        while !self.cursor.seek(&find) {
            if self.cursor.skip().is_none() {
                return false;
            }
        }
        true
    }

    /// Passes a string; but for a template it ends with its line.
    fn string(&mut self, quote: u8) {
        self.cursor.at += 1;
        self.value = true;
        let stops = |byte: u8| byte == quote || byte == b'\\' || (quote != b'`' && byte == b'\n');
        self.delimited(|rest| rest.iter().position(|&byte| stops(byte)));
    }

    /// Passes a regular expression; a `/` in a class does not end it, its line does.
    fn regex(&mut self) {
        self.cursor.at += 1;
        self.value = true;
        loop {
            self.delimited(|rest| rest.iter().position(|&byte| matches!(byte, b'/' | b'\\' | b'\n' | b'[')));
            if self.cursor.text[self.cursor.at - 1] != b'[' {
                return;
            }
            self.delimited(|rest| rest.iter().position(|&byte| matches!(byte, b']' | b'\\' | b'\n')));
            if self.cursor.text[self.cursor.at - 1] != b']' {
                return;
            }
        }
    }

    /// Goes behind the next byte that `find` finds and that no backslash escapes.
    fn delimited(&mut self, find: impl Fn(&[u8]) -> Option<usize>) {
        while self.seek(&find) {
            let escaped = self.cursor.text[self.cursor.at] == b'\\';
            self.cursor.at += 1;
            if !escaped {
                return;
            }
            if matches!(self.cursor.peek(), Peek::Byte(_)) {
                self.cursor.at += 1;
            }
        }
    }
}

const fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'$' | 0x80..)
}

/// Whether a regular expression may follow the word: it is a keyword, not a value.
fn precedes_regex(word: &[u8]) -> bool {
    matches!(word, b"return" | b"typeof" | b"case" | b"in" | b"of" | b"delete" | b"void" | b"do" | b"else")
}
