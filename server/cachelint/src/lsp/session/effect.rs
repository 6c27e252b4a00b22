//! Effects: what a session wants done; none of them is done by the session itself.

use std::any::Any;
use std::path::PathBuf;
use std::sync::Arc;

use serde::Serialize;
use serde_json::Value;
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::notification::Notification;
use tower_lsp::ls_types::request::Request;
use tower_lsp::ls_types::{Diagnostic, InitializeResult, MessageType, Uri};

use super::event::{Then, Timer};
use super::jobs::Job;
use super::query::Reply;

/// Something to do.
#[derive(Debug)]
pub enum Effect {
    /// Answer `initialize`.
    Welcome(Reply<InitializeResult>, Box<InitializeResult>),
    /// Answer a command.
    Reply(Reply<Option<Value>>, Result<Option<Value>>),
    /// Publish the diagnostics of a document, in a version of its text where it is open.
    Publish(Uri, Arc<Vec<Diagnostic>>, Option<i32>),
    /// Send a notification.
    Notify(&'static str, Value),
    /// Send a request, and come back with its answer.
    Request(&'static str, Value, Then),
    /// Do what costs, beside the session.
    Run(Job),
    /// Let go of what is no longer needed; it may be large, and nobody should wait for it.
    Drop(Box<dyn Any + Send>),
    /// Ring later.
    Later(Timer),
    /// End when the process of that number ends.
    WatchProcess(u32),
    /// Watch these folders (absolute), and no others, for the editor can't.
    WatchFolders(Vec<PathBuf>),
    /// Write to the log, and tell the editor.
    Log(MessageType, String),
}

impl Effect {
    /// A notification.
    pub fn notify<N: Notification>(params: &N::Params) -> Self
    where
        N::Params: Serialize,
    {
        Self::Notify(N::METHOD, value(params))
    }

    /// A request.
    pub fn request<R: Request>(params: &R::Params, then: Then) -> Self
    where
        R::Params: Serialize,
    {
        Self::Request(R::METHOD, value(params), then)
    }

    /// A line of the log.
    pub fn log(level: MessageType, message: impl Into<String>) -> Self {
        Self::Log(level, message.into())
    }
}

fn value(params: &impl Serialize) -> Value {
    serde_json::to_value(params).unwrap_or_default()
}
