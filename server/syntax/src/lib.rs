//! Text in, references out: finds every place in a template, stylesheet or script that names a static file.
//!
//! Nothing here fails, touches the disk, the clock or the network, or knows an editor's protocol.

pub mod asset_name;
pub mod case;
pub mod comment;
pub mod dialect;
pub mod helper;
pub mod place;
pub mod position;
pub mod reference;
pub mod scan;
pub mod source;
pub mod span;
pub mod url;

mod attributes;
mod blocks;
mod decode;
mod elements;
mod extract;
mod scripts;
mod sections;
mod shift;
mod statement;
mod styles;
mod trees;
mod value;

pub use comment::{Comment, CommentKind};
pub use dialect::{Delimiters, Detected, Dialect, detect};
pub use extract::extract;
pub use helper::{Helper, HelperKind, PathArgument, Registry, Versioning};
pub use place::{LinkRel, Place};
pub use position::{LineColumn, LineIndex};
pub use reference::{Argument, Enclosing, HelperUse, Inert, MethodCall, Quoting, Reference, Star};
pub use scan::{Import, Macro, Names, Rendered};
pub use sections::{Section, Sections};
pub use shift::Shift;
pub use source::{ExtractSettings, Extraction, Skipped, Source, SourceKind};
pub use span::Span;
pub use trees::script::is_script_clock;
pub use url::{Literal, Piece, Query, QueryPair, Url, UrlParts};
