//! Byte offsets as lines and columns for people.

use memchr::memchr2_iter;

/// A place in a source as people count: both 1-based, the column in characters (Unicode scalar values).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1; a byte order mark counts as none.
    pub column: usize,
}

/// Where the lines of a text start. `\n`, `\r\n` and a lone `\r` end a line, as in LSP.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<usize>,
}

impl LineIndex {
    /// Indexes `text`.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let ends = memchr2_iter(b'\n', b'\r', bytes)
            .filter(|&at| !(bytes[at] == b'\r' && bytes.get(at + 1) == Some(&b'\n')))
            .map(|at| at + 1);
        Self { starts: std::iter::once(0).chain(ends).collect() }
    }

    /// The 0-based line that holds byte `offset`.
    pub fn line_of(&self, offset: usize) -> usize {
        self.starts.partition_point(|&start| start <= offset).saturating_sub(1)
    }

    /// The byte offset at which the 0-based `line` starts; `None` past the last line.
    pub fn line_start(&self, line: usize) -> Option<usize> {
        self.starts.get(line).copied()
    }

    /// How many lines there are (at least 1).
    pub fn line_count(&self) -> usize {
        self.starts.len()
    }

    /// The place of byte `offset` of `text`, the text this index was made of.
    pub fn position(&self, text: &str, offset: usize) -> LineColumn {
        let offset = offset.min(text.len());
        let line = self.line_of(offset);
        let before = text.get(self.starts[line]..offset).unwrap_or_default();
        let column = before.trim_start_matches('\u{feff}').chars().count() + 1;
        LineColumn { line: line + 1, column }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_end_as_in_lsp() {
        let text = "\u{feff}aé\r\nb\rc\n";
        let index = LineIndex::new(text);
        let at = |offset| {
            let place = index.position(text, offset);
            (place.line, place.column)
        };
        assert_eq!(
            [at(3), at(4), at(6), at(8), at(10), at(12)],
            [(1, 1), (1, 2), (1, 3), (2, 1), (3, 1), (4, 1)]
        );
        assert_eq!(index.line_count(), 4);
    }
}
