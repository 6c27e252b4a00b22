//! Frames: a stream of bytes cut into message bodies, finding its way back after anything that is no frame.

use memchr::memmem;

/// The largest body that is accepted, in bytes; a frame that announces more is skipped.
pub const FRAME_LIMIT: usize = 128 * 1024 * 1024;

/// The longest header line that is kept, in bytes; of a longer one only the end counts.
const LINE_LIMIT: usize = 4096;

const NAME: &[u8] = b"content-length:";

/// Cuts bytes into bodies. It keeps at most one announced body and one line.
#[derive(Debug, Default)]
pub struct Frames {
    buffer: Vec<u8>,
    /// How many bytes of `buffer` are used up.
    used: usize,
    /// The length of the body that is being read.
    body: Option<usize>,
    /// The length named in the header that is being read.
    announced: Option<usize>,
    /// How far an unfinished body was searched for another header.
    searched: usize,
}

/// What stands between two good frames.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// A header announces more than [`FRAME_LIMIT`].
    #[error("a message of {0} bytes was announced; at most {FRAME_LIMIT} are read")]
    TooLong(u64),
    /// Another header begins where a body should still go on.
    #[error("a message ended after {got} of {announced} bytes")]
    CutShort {
        /// How many bytes there were.
        got: usize,
        /// How many the header announced.
        announced: usize,
    },
}

impl Frames {
    /// Adds bytes as they were read.
    pub fn feed(&mut self, bytes: &[u8]) {
        if self.used > 0 && (self.used == self.buffer.len() || self.used > LINE_LIMIT) {
            self.buffer.drain(..self.used);
            self.used = 0;
        }
        self.buffer.extend_from_slice(bytes);
    }

    /// The next body; `None` until more bytes are fed.
    pub fn next_body(&mut self) -> Option<Result<Vec<u8>, FrameError>> {
        loop {
            if let Some(length) = self.body {
                return self.take_body(length);
            }
            match self.take_line()? {
                Line::Length(length) => self.announced = Some(length),
                Line::TooLong(length) => {
                    self.announced = None;
                    return Some(Err(FrameError::TooLong(length)));
                }
                Line::Empty => self.body = self.announced.take(),
                Line::Other => {}
            }
        }
    }

    /// Gives back a body that was no message: what follows a header inside it is read again.
    pub fn give_back(&mut self, body: &[u8]) {
        let Some(at) = header_in(body) else { return };
        self.buffer.splice(..self.used, body[at..].iter().copied());
        self.used = 0;
    }

    fn rest(&self) -> &[u8] {
        &self.buffer[self.used..]
    }

    fn take_body(&mut self, length: usize) -> Option<Result<Vec<u8>, FrameError>> {
        let there = self.rest().len();
        if there < length {
            return self.cut_short(length, there).map(Err);
        }
        let body = self.rest()[..length].to_vec();
        self.used += length;
        self.end_body();
        Some(Ok(body))
    }

    fn cut_short(&mut self, announced: usize, there: usize) -> Option<FrameError> {
        let from = self.searched.saturating_sub(LINE_LIMIT);
        self.searched = there;
        let at = header_in(&self.rest()[from..])?;
        self.used += from + at;
        self.end_body();
        Some(FrameError::CutShort { got: from + at, announced })
    }

    fn end_body(&mut self) {
        self.body = None;
        self.searched = 0;
    }

    fn take_line(&mut self) -> Option<Line> {
        let Some(end) = memchr::memchr(b'\n', self.rest()) else {
            self.used += self.rest().len().saturating_sub(LINE_LIMIT);
            return None;
        };
        let line = Line::of(&self.rest()[..end]);
        self.used += end + 1;
        Some(line)
    }
}

/// One line of a header, or what stands in its place.
enum Line {
    Length(usize),
    TooLong(u64),
    Empty,
    Other,
}

impl Line {
    fn of(line: &[u8]) -> Self {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        match length_of(line) {
            _ if line.is_empty() => Self::Empty,
            None => Self::Other,
            Some(length) => match usize::try_from(length) {
                Ok(length) if length <= FRAME_LIMIT => Self::Length(length),
                _ => Self::TooLong(length),
            },
        }
    }
}

/// The length that a header line names, whatever garbage precedes it.
fn length_of(line: &[u8]) -> Option<u64> {
    let lower = line.to_ascii_lowercase();
    let at = memmem::rfind(&lower, NAME)?;
    std::str::from_utf8(&line[at + NAME.len()..]).ok()?.trim().parse().ok()
}

/// Where a header begins in what should be a body. No JSON text holds one: a raw line end can't stand in a string.
fn header_in(body: &[u8]) -> Option<usize> {
    memmem::find_iter(body, b"ontent-").map(|at| at.saturating_sub(1)).find(|&at| begins_header(&body[at..]))
}

fn begins_header(bytes: &[u8]) -> bool {
    let Some(end) = memchr::memchr(b'\n', &bytes[..bytes.len().min(LINE_LIMIT)]) else { return false };
    let line = &bytes[..end];
    let named = line.get(..NAME.len()).is_some_and(|name| name.eq_ignore_ascii_case(NAME));
    named && line.ends_with(b"\r") && length_of(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn frame(body: &str) -> String {
        format!("Content-Length: {}\r\n\r\n{body}", body.len())
    }

    fn bodies(bytes: &[u8], step: usize) -> Vec<String> {
        let mut frames = Frames::default();
        let mut bodies = Vec::new();
        for piece in bytes.chunks(step) {
            frames.feed(piece);
            while let Some(body) = frames.next_body() {
                bodies.push(match body {
                    Ok(body) => {
                        let text = String::from_utf8_lossy(&body).into_owned();
                        if serde_json::from_slice::<serde_json::Value>(&body).is_err() {
                            frames.give_back(&body);
                        }
                        text
                    }
                    Err(error) => error.to_string(),
                });
            }
        }
        bodies
    }

    #[test]
    fn the_next_good_message_is_found_after_anything() {
        let good = frame("{}");
        let half = "Content-Length: 90\r\n\r\n{\"half\":";
        let ten = "Content-Length: 10000000000\r\n\r\n";
        let cases: [(String, &[&str]); 11] = [
            (good.clone(), &["{}"]),
            (good.repeat(3), &["{}", "{}", "{}"]),
            (format!("content-type: a; charset=utf-8\r\nX-Y: z\r\n{good}"), &["{}"]),
            (format!("garbage{good}"), &["{}"]),
            (format!("gar\nbage\r\n\r\n\n{good}"), &["{}"]),
            (format!("{}{good}", "x".repeat(100_000)), &["{}"]),
            (format!("{half}{good}"), &["a message ended after 8 of 90 bytes", "{}"]),
            (
                format!("{ten}{good}"),
                &["a message of 10000000000 bytes was announced; at most 134217728 are read", "{}"],
            ),
            (
                format!("{ten}{{\"body\":1}}{good}"),
                &["a message of 10000000000 bytes was announced; at most 134217728 are read", "{}"],
            ),
            (format!("Content-Length: -5\r\nContent-Length: many\r\n\r\n{good}"), &["{}"]),
            (format!("Content-Length: 0\r\n\r\n{good}"), &["", "{}"]),
        ];
        for (bytes, expected) in &cases {
            for step in [1, 7, bytes.len()] {
                assert_eq!(&bodies(bytes.as_bytes(), step), expected, "{bytes:?} in steps of {step}");
            }
        }
    }

    #[test]
    fn a_cut_message_that_swallowed_the_next_is_given_back() {
        let good = frame("{}");
        let bytes = format!("Content-Length: 30\r\n\r\n{{\"half\":{good}{good}");
        let found = bodies(bytes.as_bytes(), bytes.len());
        assert_eq!(&found[1..], ["{}", "{}"], "{found:?}");
    }

    #[test]
    fn a_text_that_speaks_of_headers_is_one_message() {
        let text = frame("{\"text\":\"Content-Length: 5\\r\\n\\r\\nContent-Length: 7\"}");
        for step in [1, 9, text.len()] {
            assert_eq!(bodies(text.as_bytes(), step).len(), 1);
        }
    }
}
