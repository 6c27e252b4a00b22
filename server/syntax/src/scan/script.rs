//! HTML's script data states: where a script ends, `<!-- <script>` in it included.

use memchr::{memchr, memchr2};

use super::Within;
use super::elements::{begins_with_name, ends};
use super::html::Walker;

/// How deep in what looks like a commented script the text is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    /// "Script data".
    Data,
    /// "Script data escaped": in `<!-- … -->`.
    Escaped,
    /// "Script data double escaped": in `<script>` in `<!-- … -->`; an end tag ends only this.
    DoubleEscaped,
}

/// Goes to the end tag of the script that begins at the cursor, or to the end.
pub(super) fn seek_end(walker: &mut Walker<'_, '_>) {
    let mut state = State::Data;
    while walker.seek(Within::Script, |rest| match state {
        State::Data => memchr(b'<', rest),
        State::Escaped | State::DoubleEscaped => memchr2(b'<', b'-', rest),
    }) {
        let rest = walker.cursor.rest();
        let end = ends(rest, "script");
        if end && state != State::DoubleEscaped {
            return;
        }
        let (next, length) = match state {
            // The dashes of `<!--` may be those of `-->` as well.
            State::Data if rest.starts_with(b"<!--") => (State::Escaped, 2),
            State::Escaped | State::DoubleEscaped if rest.starts_with(b"-->") => (State::Data, 3),
            State::Escaped if rest[0] == b'<' && begins_with_name(&rest[1..], "script") => {
                (State::DoubleEscaped, 1)
            }
            State::DoubleEscaped if end => (State::Escaped, 1),
            _ => (state, 1),
        };
        state = next;
        walker.cursor.at += length;
    }
}
