//! What an editor asks, without its protocol: bytes and own types in, values out; no clock, no state.

mod changes;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod tests;
mod words;

pub mod record;
pub mod snapshot;

pub mod actions;
pub mod completion;
pub mod diagnostics;
pub mod edits;
pub mod hints;
pub mod hover;
pub mod kept;
pub mod lenses;
pub mod links;
pub mod references;
pub mod rename;
pub mod symbols;
pub mod workspace;

pub use actions::{Action, ActionKind, Effect, Work, actions, actions_of_asset, resolve, update_of_asset};
pub use completion::{Completion, CompletionItem, ItemKind, completion, completion_details};
pub use diagnostics::{Diagnostic, Tag, diagnostic};
pub use edits::FileEdits;
pub use hints::{Hint, hints};
pub use hover::{Facts, Hover, Piece, hover};
pub use kept::Kept;
pub use lenses::{Lens, asset_lens, lenses};
pub use links::{Definition, Link, definition, links};
pub use record::{Record, Stale, Use};
pub use references::{Location, references_at, references_to};
pub use rename::rename_files;
pub use snapshot::{Checked, News, Preferences, Snapshot, check};
pub use symbols::{Symbol, symbols};
pub use workspace::{Progress, fix_workspace};
