//! Sources analysed as a whole: what each reference names, in which dialect, and what is found to check.

mod dialects;
mod discovery;
mod resolution;
mod troubles;
