//! Positions: byte offsets as an editor counts them; the one file that knows UTF-16.

use cachelint_syntax::Span;
use ropey::{Rope, RopeSlice};
use tower_lsp::ls_types::{Position, PositionEncodingKind, Range};

/// What an editor counts columns in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// Bytes of UTF-8.
    Utf8,
    /// Code units of UTF-16.
    #[default]
    Utf16,
    /// Unicode scalar values.
    Utf32,
}

/// A position that is not in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {}, character {} is not in the text", .0.line, .0.character)]
pub struct OutOfRange(pub Position);

impl Encoding {
    /// The best of what a client offers: bytes need no conversion; UTF-16 where it names nothing we know.
    pub fn negotiated(offered: Option<&[PositionEncodingKind]>) -> Self {
        let kinds = [
            (PositionEncodingKind::UTF8, Self::Utf8),
            (PositionEncodingKind::UTF32, Self::Utf32),
            (PositionEncodingKind::UTF16, Self::Utf16),
        ];
        let offered = offered.unwrap_or_default();
        kinds
            .into_iter()
            .find(|(kind, _)| offered.contains(kind))
            .map_or(Self::Utf16, |(_, encoding)| encoding)
    }

    /// Its name in the protocol.
    pub fn kind(self) -> PositionEncodingKind {
        match self {
            Self::Utf8 => PositionEncodingKind::UTF8,
            Self::Utf16 => PositionEncodingKind::UTF16,
            Self::Utf32 => PositionEncodingKind::UTF32,
        }
    }
}

/// The byte offset of a position. A column behind the line's end means its end; so does the first column of the line
/// behind the last. A place within a character is none.
pub fn offset(rope: &Rope, position: Position, encoding: Encoding) -> Result<usize, OutOfRange> {
    let line = position.line as usize;
    if line == rope.len_lines() && position.character == 0 {
        return Ok(rope.len_bytes());
    }
    if line >= rope.len_lines() {
        return Err(OutOfRange(position));
    }
    let within = column(without_end(rope.line(line)), position.character as usize, encoding);
    within.map(|within| rope.line_to_byte(line) + within).ok_or(OutOfRange(position))
}

/// The position of a byte offset; one within a character counts as the character's start.
pub fn position(rope: &Rope, offset: usize, encoding: Encoding) -> Position {
    let offset = offset.min(rope.len_bytes());
    let line = rope.byte_to_line(offset);
    let start = rope.line_to_byte(line);
    let chars = |offset| rope.byte_to_char(offset);
    let units = |offset| rope.char_to_utf16_cu(chars(offset));
    // Of ASCII all count the same.
    let is_ascii = rope.len_bytes() == rope.len_chars();
    let character = match encoding {
        Encoding::Utf8 => offset - start,
        _ if is_ascii => offset - start,
        Encoding::Utf32 => chars(offset) - chars(start),
        Encoding::Utf16 => units(offset) - units(start),
    };
    Position { line: number(line), character: number(character) }
}

/// The range of a span.
pub fn range(rope: &Rope, span: Span, encoding: Encoding) -> Range {
    Range { start: position(rope, span.start, encoding), end: position(rope, span.end, encoding) }
}

/// The span of a range; `None` where the range is not in the text or ends before it starts.
pub fn span(rope: &Rope, range: Range, encoding: Encoding) -> Option<Span> {
    let start = offset(rope, range.start, encoding).ok()?;
    let end = offset(rope, range.end, encoding).ok()?;
    (start <= end).then_some(Span { start, end })
}

/// How many bytes of `line` precede column `character`; `None` within a character.
fn column(line: RopeSlice<'_>, character: usize, encoding: Encoding) -> Option<usize> {
    match encoding {
        Encoding::Utf8 => {
            let within = character.min(line.len_bytes());
            (line.char_to_byte(line.byte_to_char(within)) == within).then_some(within)
        }
        Encoding::Utf32 => Some(line.char_to_byte(character.min(line.len_chars()))),
        Encoding::Utf16 => {
            let units = character.min(line.len_utf16_cu());
            let chars = line.utf16_cu_to_char(units);
            (line.char_to_utf16_cu(chars) == units).then(|| line.char_to_byte(chars))
        }
    }
}

fn without_end(line: RopeSlice<'_>) -> RopeSlice<'_> {
    let mut end = line.len_chars();
    while end > 0 && matches!(line.char(end - 1), '\n' | '\r') {
        end -= 1;
    }
    line.slice(..end)
}

/// A count as the protocol writes it.
pub fn number(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "aé😀\r\nb\rc\u{2028}d\n";

    #[test]
    fn columns_are_counted_in_what_was_negotiated() {
        let rope = Rope::from_str(TEXT);
        let cases = [
            (0, [(0, 0), (0, 0), (0, 0)]),
            (3, [(0, 3), (0, 2), (0, 2)]),
            (7, [(0, 7), (0, 4), (0, 3)]),
            (9, [(1, 0), (1, 0), (1, 0)]),
            (11, [(2, 0), (2, 0), (2, 0)]),
            (15, [(2, 4), (2, 2), (2, 2)]),
            (17, [(3, 0), (3, 0), (3, 0)]),
        ];
        for (byte, places) in cases {
            for (encoding, place) in
                [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32].into_iter().zip(places)
            {
                let found = position(&rope, byte, encoding);
                assert_eq!((found.line, found.character), place, "byte {byte} in {encoding:?}");
                assert_eq!(offset(&rope, found, encoding), Ok(byte), "{place:?} in {encoding:?}");
            }
        }
    }

    #[test]
    fn columns_behind_the_end_mean_the_end_and_lines_behind_it_are_refused() {
        let rope = Rope::from_str(TEXT);
        let at = |line, character, encoding| offset(&rope, Position { line, character }, encoding).ok();
        assert_eq!(at(0, 99, Encoding::Utf16), Some(7));
        assert_eq!(at(1, 99, Encoding::Utf8), Some(10));
        assert_eq!(at(4, 0, Encoding::Utf16), Some(TEXT.len()));
        assert_eq!(at(4, 1, Encoding::Utf16), None);
        assert_eq!(at(5, 0, Encoding::Utf16), None);
        assert_eq!(at(0, 3, Encoding::Utf16), None, "within a surrogate pair");
        assert_eq!(at(0, 2, Encoding::Utf8), None, "within a character");
    }

    #[test]
    fn the_clients_best_encoding_is_taken() {
        let of = |names: &[&'static str]| {
            let kinds: Vec<_> = names.iter().map(|name| PositionEncodingKind::from(*name)).collect();
            Encoding::negotiated(Some(&kinds))
        };
        assert_eq!(of(&["utf-16"]), Encoding::Utf16);
        assert_eq!(of(&["utf-16", "utf-32"]), Encoding::Utf32);
        assert_eq!(of(&["utf-16", "utf-8"]), Encoding::Utf8);
        assert_eq!(of(&["utf-7"]), Encoding::Utf16);
        assert_eq!(Encoding::negotiated(None), Encoding::Utf16);
    }
}
