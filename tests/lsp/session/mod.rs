//! The session as scripts of events: no runtime, no editor, no clock.

mod script;

mod across;
mod checks;
mod code;
mod commands;
mod files;
mod history;
mod reports;
mod settings;
