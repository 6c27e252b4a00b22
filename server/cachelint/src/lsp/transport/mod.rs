//! The transport: drives the service message by message, skips what is no message, and knows when the server ends.

mod enclosed;
pub mod frames;
mod messages;
mod outbox;

use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use futures_util::{FutureExt as _, Sink, StreamExt as _};
use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWrite};
use tokio::sync::Notify;
use tower_lsp::jsonrpc::{Error, Id, Request, Response};
use tower_lsp::{ClientSocket, LanguageServer, LspService};
use tower_service::Service as _;

use frames::Frames;
use messages::{Incoming, decode};
pub use outbox::{Letters, Outbox, outbox};

/// How long the last messages may take to be written when the server ends.
const LAST_WORDS: Duration = Duration::from_millis(400);

const READ_SIZE: usize = 64 * 1024;

/// A service and its two ways to the client.
#[derive(Debug)]
pub struct Line<S> {
    /// What answers.
    pub service: LspService<S>,
    /// Its requests to the client, and their answers.
    pub socket: ClientSocket,
    /// Where everything for the client is put.
    pub outbox: Outbox,
    /// What was put there.
    pub letters: Letters,
    /// Told when the editor's process is gone.
    pub orphaned: Arc<Notify>,
}

/// Serves one client until it says `exit`, closes its end or dies, and answers the exit code of the process: 0 after
/// `shutdown`, else 1.
///
/// Each message reaches its handler in order and runs up to its first wait; handlers that wait go on beside the others,
/// without limit, so that no waiting request delays a notification.
pub async fn serve<S: LanguageServer>(
    input: impl AsyncRead,
    output: impl AsyncWrite + Send + 'static,
    line: Line<S>,
) -> i32 {
    let Line { service, socket, outbox, letters, orphaned } = line;
    let (mut requests, answers) = socket.split();
    tokio::spawn(outbox::write(letters, output));
    let to_client = outbox.clone();
    tokio::spawn(async move {
        while let Some(request) = requests.next().await {
            to_client.send(request);
        }
    });
    let mut driver = Driver { service, answers, outbox, is_shut_down: false };
    tokio::select! {
        () = driver.drive(input) => {}
        () = orphaned.notified() => tracing::info!("the editor's process is gone"),
    }
    // A client that no longer reads is not waited for.
    tokio::time::timeout(LAST_WORDS, driver.outbox.flush()).await.ok();
    i32::from(!driver.is_shut_down)
}

struct Driver<S, A> {
    service: LspService<S>,
    answers: A,
    outbox: Outbox,
    is_shut_down: bool,
}

impl<S: LanguageServer, A: Sink<Response> + Unpin> Driver<S, A> {
    /// Reads until `exit` or the end of the input.
    async fn drive(&mut self, input: impl AsyncRead) {
        let mut input = Box::pin(input);
        let mut frames = Frames::default();
        let mut chunk = vec![0; READ_SIZE];
        loop {
            while let Some(body) = frames.next_body() {
                let body = body.map_err(|error| self.refuse_frame(&error));
                let Ok(body) = body else { continue };
                match decode(&body) {
                    Ok(Incoming::Call(request)) if request.method() == "exit" => return,
                    Ok(Incoming::Call(request)) => self.call(request).await,
                    Ok(Incoming::Answer(response)) => self.answer(response),
                    Err(refused) => {
                        tracing::warn!("a message was not understood and is skipped");
                        self.outbox.respond(refused.response);
                        if !refused.is_json {
                            frames.give_back(&body);
                        }
                    }
                }
            }
            match input.read(&mut chunk).await {
                Ok(0) | Err(_) => return,
                Ok(read) => frames.feed(&chunk[..read]),
            }
        }
    }

    fn refuse_frame(&self, error: &frames::FrameError) {
        tracing::warn!("{error}; it is skipped");
        let error = Error { message: error.to_string().into(), ..Error::parse_error() };
        self.outbox.respond(Response::from_error(Id::Null, error));
    }

    fn answer(&mut self, response: Response) {
        // The sink refuses only after `exit`.
        Pin::new(&mut self.answers).start_send(response).ok();
    }

    async fn call(&mut self, request: Request) {
        let (initialize, shutdown) = (request.method() == "initialize", request.method() == "shutdown");
        let mut answer = self.service.call(request);
        if initialize {
            // What follows may already rely on it.
            if let Ok(Some(response)) = answer.await {
                self.outbox.respond(response);
            }
            return;
        }
        match (&mut answer).now_or_never() {
            Some(Ok(Some(response))) => {
                self.is_shut_down |= shutdown && response.is_ok();
                self.outbox.respond(response);
            }
            Some(_) => {}
            None => {
                let outbox = self.outbox.clone();
                tokio::spawn(async move {
                    if let Ok(Some(response)) = answer.await {
                        outbox.respond(response);
                    }
                });
            }
        }
    }
}
