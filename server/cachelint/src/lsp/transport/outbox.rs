//! The outbox: what goes to the client, written in the order it was put in, never waited for.

use std::any::Any;
use std::sync::Arc;

use serde::Serialize;
use tokio::io::{AsyncWrite, AsyncWriteExt as _};
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::{Request, Response};
use tower_lsp::ls_types::notification::{Notification, PublishDiagnostics};
use tower_lsp::ls_types::{Diagnostic, Uri};

use super::enclosed::{Enclosed, Package};
use super::messages::frame;

/// Where messages to the client are put. Clones write to the same client.
#[derive(Clone, Debug)]
pub struct Outbox {
    letters: mpsc::UnboundedSender<Letter>,
    enclosed: Enclosed,
}

/// What was put into an outbox, in order.
#[derive(Debug)]
pub struct Letters {
    letters: mpsc::UnboundedReceiver<Letter>,
}

#[derive(Debug)]
enum Letter {
    Response(Response),
    Package(Package),
    Request(Request),
    Diagnostics(Uri, Arc<Vec<Diagnostic>>, Option<i32>),
    Flush(oneshot::Sender<()>),
    Unneeded(Box<dyn Any + Send>),
}

#[derive(Serialize)]
struct Outgoing<'a, P> {
    jsonrpc: &'static str,
    method: &'static str,
    params: &'a P,
}

/// `PublishDiagnosticsParams`, borrowed.
#[derive(Serialize)]
struct Publication<'a> {
    uri: &'a Uri,
    diagnostics: &'a [Diagnostic],
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<i32>,
}

/// A new outbox.
pub fn outbox() -> (Outbox, Letters) {
    let (sender, receiver) = mpsc::unbounded_channel();
    (Outbox { letters: sender, enclosed: Enclosed::default() }, Letters { letters: receiver })
}

impl Outbox {
    /// Puts in a notification (or a request of [`tower_lsp::Client`]).
    pub fn send(&self, request: Request) {
        self.put(Letter::Request(request));
    }

    /// Puts in the diagnostics of a document, in a version of its text where it is open.
    pub fn publish(&self, uri: Uri, diagnostics: Arc<Vec<Diagnostic>>, version: Option<i32>) {
        self.put(Letter::Diagnostics(uri, diagnostics, version));
    }

    /// Lets go of something large once all that was put in before is written: until then the client waits.
    pub fn drop_behind(&self, unneeded: Box<dyn Any + Send>) {
        self.put(Letter::Unneeded(unneeded));
    }

    /// Puts diagnostics aside for the answer of the handler that calls this, which has the result as its `items` and
    /// returns at once.
    pub fn enclose(&self, items: Arc<Vec<Diagnostic>>) -> Vec<Diagnostic> {
        self.enclosed.put(items)
    }

    pub(super) fn respond(&self, response: Response) {
        self.put(match self.enclosed.take(response) {
            Ok(package) => Letter::Package(package),
            Err(response) => Letter::Response(response),
        });
    }

    /// Waits until all that was put in before is written, or the client is gone.
    pub(super) async fn flush(&self) {
        let (written, wait) = oneshot::channel();
        self.put(Letter::Flush(written));
        wait.await.ok();
    }

    /// A client that is gone gets nothing more.
    fn put(&self, letter: Letter) {
        self.letters.send(letter).ok();
    }
}

/// Writes the letters until the outbox or the client is gone.
pub(super) async fn write(mut letters: Letters, output: impl AsyncWrite) {
    let mut output = Box::pin(output);
    while let Some(letter) = letters.letters.recv().await {
        let frame = match letter {
            Letter::Response(response) => frame(&response),
            Letter::Package(package) => frame(&package),
            Letter::Request(request) => frame(&request),
            Letter::Diagnostics(uri, diagnostics, version) => {
                let params = Publication { uri: &uri, diagnostics: &diagnostics, version };
                frame(&Outgoing { jsonrpc: "2.0", method: PublishDiagnostics::METHOD, params: &params })
            }
            Letter::Unneeded(unneeded) => {
                tokio::task::spawn_blocking(move || drop(unneeded));
                continue;
            }
            Letter::Flush(written) => {
                written.send(()).ok();
                continue;
            }
        };
        if output.write_all(&frame).await.is_err() || output.flush().await.is_err() {
            return;
        }
    }
}
