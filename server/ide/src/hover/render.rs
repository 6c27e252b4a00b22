//! A hover as Markdown and as plain text.

use std::path::Path;

use super::{Hover, Piece};

impl Hover {
    /// As Markdown; `uri` makes the address of a file. A line is appended to an address as `#L12`.
    pub fn markdown(&self, uri: &dyn Fn(&Path) -> String) -> String {
        let line = |pieces: &Vec<Piece>| pieces.iter().map(|piece| marked(piece, uri)).collect::<String>();
        let lines: Vec<String> = self.lines.iter().map(line).collect();
        let image = self.image.as_ref().map(|path| format!("\n\n![]({})", uri(path)));
        lines.join("  \n") + &image.unwrap_or_default()
    }

    /// As plain text, for editors that show no Markdown.
    pub fn plain(&self) -> String {
        let line = |pieces: &Vec<Piece>| pieces.iter().map(plain).collect::<String>();
        self.lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

fn marked(piece: &Piece, uri: &dyn Fn(&Path) -> String) -> String {
    match piece {
        Piece::Text(text) => escaped(text),
        Piece::Strong(text) => format!("**{}**", escaped(text)),
        Piece::Link { text, path, line } => {
            let line = line.map_or_else(String::new, |line| format!("#L{line}"));
            format!("[{}]({}{line})", escaped(text), uri(path))
        }
    }
}

/// A link to a file is of no use where it can't be followed; its text names the file in that case.
fn plain(piece: &Piece) -> &str {
    match piece {
        Piece::Text(text) | Piece::Strong(text) | Piece::Link { text, .. } => text,
    }
}

/// Text that Markdown shows as it is; `_` within a word means nothing there.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '\\' | '`' | '*' | '[' | ']' | '<') {
            escaped.push('\\');
        }
        escaped.push(character);
    }
    escaped
}
