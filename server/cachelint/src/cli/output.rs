//! The two streams: the report goes to stdout, everything else to stderr.

use std::fmt::Display;
use std::io::{self, BufWriter, StdoutLock, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};

/// Standard output: locked, buffered, coloured where asked for, and silent once nobody reads it any more.
#[derive(Debug)]
pub(crate) struct Output {
    writer: BufWriter<Pipe<AutoStream<StdoutLock<'static>>>>,
}

/// The width of reports that do not go to a terminal, in columns.
pub(crate) const PLAIN_WIDTH: usize = 140;

/// How the words of messages are coloured; stripped where colour is off.
pub(crate) const ERROR: Style = AnsiColor::BrightRed.on_default().bold();
pub(crate) const WARNING: Style = AnsiColor::Yellow.on_default().bold();
pub(crate) const INFO: Style = AnsiColor::BrightBlue.on_default().bold();
pub(crate) const NOTE: Style = AnsiColor::BrightGreen.on_default().bold();
pub(crate) const BOLD: Style = Style::new().bold();

impl Output {
    /// Standard output.
    pub(crate) fn new(color: ColorChoice) -> Self {
        let stream = AutoStream::new(io::stdout().lock(), color);
        Self { writer: BufWriter::with_capacity(1 << 16, Pipe { stream, closed: false }) }
    }

    /// Writes what is still buffered.
    pub(crate) fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.writer.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// A stream whose reader may go away at any time (`cachelint check | head`): what follows is dropped.
#[derive(Debug)]
struct Pipe<W> {
    stream: W,
    closed: bool,
}

impl<W: Write> Write for Pipe<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.closed {
            return Ok(bytes.len());
        }
        match self.stream.write(bytes) {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.closed = true;
                Ok(bytes.len())
            }
            written => written,
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self.stream.flush() {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            flushed => flushed,
        }
    }
}

/// Says on stderr what went wrong.
pub(crate) fn say_error(message: impl Display) {
    say(ERROR, "error", message);
}

/// Says on stderr what is good to know.
pub(crate) fn say_note(message: impl Display) {
    say(NOTE, "note", message);
}

fn say(style: Style, word: &str, message: impl Display) {
    writeln!(anstream::stderr().lock(), "{style}{word}{style:#}: {message}").ok();
}

/// `text` on one line, with control characters written as escapes: what a source holds must not steer a terminal.
pub(crate) fn printable(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\t' | '\u{feff}' => shown.push(' '),
            control if control.is_control() => shown.extend(control.escape_default()),
            other => shown.push(other),
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream nobody reads.
    struct Closed;

    impl Write for Closed {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
    }

    #[test]
    fn a_reader_that_went_away_is_no_error() {
        let mut pipe = Pipe { stream: Closed, closed: false };
        pipe.write_all(b"one").unwrap();
        pipe.write_all(b"two").unwrap();
        pipe.flush().unwrap();
        assert!(pipe.closed);
    }

    #[test]
    fn control_characters_are_shown_not_obeyed() {
        assert_eq!(printable("a\tb\u{1b}[2J\r\n/c"), "a b\\u{1b}[2J\\r\\n/c");
    }
}
