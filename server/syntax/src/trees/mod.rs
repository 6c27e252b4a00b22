//! What the islands hold, as tree-sitter reads them.

pub(crate) mod css;
pub(crate) mod expression;
pub(crate) mod mask;
pub(crate) mod memo;
pub(crate) mod parse;
pub(crate) mod script;
mod shape;
pub(crate) mod srcset;
