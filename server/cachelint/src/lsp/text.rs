//! The text of an open document, kept in step with the editor's.

use std::sync::Arc;

use ropey::Rope;
use tower_lsp::ls_types::{Range, TextDocumentContentChangeEvent};

use super::positions::{self, Encoding, OutOfRange};

/// A text, and whether it is still the editor's.
#[derive(Clone, Debug, Default)]
pub struct Text {
    /// The text.
    pub rope: Rope,
    /// Why it is no longer the editor's: an edit did not fit. Only a full text mends that.
    pub out_of_sync: Option<String>,
}

impl Text {
    /// The text of a document that was just opened.
    pub fn new(text: &str) -> Self {
        Self { rope: Rope::from_str(text), out_of_sync: None }
    }

    /// Takes in the changes of one notification, in order, and answers which line was edited last (from 0, in the new
    /// text; `None` where the whole text was replaced). A change that does not fit leaves the text out of sync.
    pub fn change(
        &mut self,
        changes: Vec<TextDocumentContentChangeEvent>,
        encoding: Encoding,
    ) -> Option<usize> {
        let mut line = None;
        for change in changes {
            line = self.change_one(change, encoding);
        }
        line
    }

    fn change_one(&mut self, change: TextDocumentContentChangeEvent, encoding: Encoding) -> Option<usize> {
        let Some(range) = change.range else {
            *self = Self::new(&change.text);
            return None;
        };
        if self.out_of_sync.is_some() {
            return None;
        }
        match splice(&mut self.rope, range, &change.text, encoding) {
            Ok(line) => Some(line),
            Err(reason) => {
                self.out_of_sync = Some(reason);
                None
            }
        }
    }

    /// The whole text as one piece.
    pub fn whole(&self) -> Arc<str> {
        Arc::from(self.rope.to_string())
    }
}

/// Replaces a range, and answers the line in which the replacement ends.
fn splice(rope: &mut Rope, range: Range, text: &str, encoding: Encoding) -> Result<usize, String> {
    let place =
        |position| positions::offset(rope, position, encoding).map_err(|error: OutOfRange| error.to_string());
    let (start, end) = (place(range.start)?, place(range.end)?);
    if end < start {
        return Err("a range ends before it starts".to_owned());
    }
    let (start, end) = (rope.byte_to_char(start), rope.byte_to_char(end));
    rope.remove(start..end);
    rope.insert(start, text);
    Ok(rope.char_to_line(start + text.chars().count()))
}
