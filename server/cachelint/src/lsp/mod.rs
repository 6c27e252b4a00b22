//! The language server: only this knows the protocol and its asynchronous runtime.

pub mod transport;

pub mod session;

pub mod backend;
pub mod perform;

pub mod client;
pub mod commands;
pub mod features;
pub mod languages;
pub mod offer;
pub mod positions;
pub mod settings;
pub mod text;
pub mod uris;

mod process;
mod watcher;

use std::net::Ipv4Addr;
use std::sync::Arc;

use anyhow::Context as _;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpListener;
use tokio::sync::{Notify, mpsc};
use tower_lsp::ls_types::MessageType;

use perform::Performer;
use session::Session;
use transport::Line;
use watcher::Watcher;

/// How the server is reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Channel {
    /// Standard input and output.
    #[default]
    Stdio,
    /// A port of this machine, for one client.
    Tcp(u16),
}

/// Serves one client, and answers the exit code of the process. The process has to end with it at once: standard
/// input may still be open and waited for.
pub fn main(channel: Channel) -> anyhow::Result<i32> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    let code = runtime.block_on(async {
        match channel {
            Channel::Stdio => {
                process::widen_output();
                Ok(serve(tokio::io::stdin(), tokio::io::stdout()).await)
            }
            Channel::Tcp(port) => {
                let address = (Ipv4Addr::LOCALHOST, port);
                let listener = TcpListener::bind(address).await.with_context(|| format!("port {port}"))?;
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                let (input, output) = stream.into_split();
                anyhow::Ok(serve(input, output).await)
            }
        }
    });
    runtime.shutdown_background();
    code
}

/// Serves one client over any two ways, and answers the exit code.
pub async fn serve(input: impl AsyncRead, output: impl AsyncWrite + Send + 'static) -> i32 {
    let (outbox, letters) = transport::outbox();
    let (inbox, events) = mpsc::unbounded_channel();
    let (service, socket, client) = backend::service(inbox.clone(), outbox.clone());
    let orphaned = Arc::new(Notify::new());
    let log = outbox.clone();
    let warn = move |message| perform::log(&log, MessageType::WARNING, message);
    let performer = Performer {
        watcher: Watcher::new(inbox.clone(), warn),
        inbox,
        outbox: outbox.clone(),
        client,
        orphaned: Arc::clone(&orphaned),
    };
    let session = tokio::spawn(perform::run(Session::default(), events, performer));
    let code = transport::serve(input, output, Line { service, socket, outbox, letters, orphaned }).await;
    session.abort();
    code
}
