//! Effects become actions; nothing is waited for, so the session never stands still.

use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tokio::sync::{Notify, mpsc};
use tower_lsp::Client;
use tower_lsp::jsonrpc::Request;
use tower_lsp::ls_types::notification::{LogMessage, Notification as _};
use tower_lsp::ls_types::{LogMessageParams, MessageType};
use tower_service::Service as _;

use super::process;
use super::session::event::{Event, Then, Worked};
use super::session::jobs::Job;
use super::session::{Effect, Session};
use super::transport::Outbox;
use super::watcher::Watcher;

/// How long the editor may take to answer a request of ours; one that asks someone, longer.
const PATIENCE: Duration = Duration::from_secs(30);
const PATIENCE_WITH_PEOPLE: Duration = Duration::from_mins(10);

/// What effects act on.
#[derive(Debug)]
pub struct Performer {
    /// The way back into the session.
    pub inbox: mpsc::UnboundedSender<Event>,
    /// Where notifications are put.
    pub outbox: Outbox,
    /// What sends requests and pairs them with their answers.
    pub client: Client,
    /// Told when the editor's process is gone.
    pub orphaned: Arc<Notify>,
    /// The watcher of our own.
    pub watcher: Watcher,
}

/// Runs a session until nobody can send it events any more.
///
/// The inbox is drained before anything that costs is begun, so that of many edits only the last is checked.
pub async fn run(mut session: Session, mut events: mpsc::UnboundedReceiver<Event>, mut performer: Performer) {
    while let Some(event) = events.recv().await {
        handle(&mut session, event, &mut performer);
        while let Ok(event) = events.try_recv() {
            handle(&mut session, event, &mut performer);
        }
        handle(&mut session, Event::Quiet, &mut performer);
    }
}

/// A panic costs what the event was about, not the server.
fn handle(session: &mut Session, event: Event, performer: &mut Performer) {
    let effects = panic::catch_unwind(AssertUnwindSafe(|| session.handle(event)));
    match effects {
        Ok(effects) => effects.into_iter().for_each(|effect| performer.perform(effect)),
        Err(cause) => {
            performer.log(MessageType::ERROR, format!("an event panicked: {}", message_of(&*cause)));
        }
    }
}

impl Performer {
    fn perform(&mut self, effect: Effect) {
        match effect {
            Effect::Welcome(reply, result) => reply.send(Ok(*result)),
            Effect::Reply(reply, answer) => reply.send(answer),
            Effect::Publish(uri, diagnostics, version) => self.outbox.publish(uri, diagnostics, version),
            Effect::Notify(method, params) => {
                self.outbox.send(Request::build(method).params(params).finish());
            }
            Effect::Request(method, params, then) => self.request(method, params, then),
            Effect::Run(job) => self.start(job),
            Effect::Drop(unneeded) => self.outbox.drop_behind(unneeded),
            Effect::Later(timer) => {
                let inbox = self.inbox.clone();
                tokio::spawn(async move {
                    tokio::time::sleep(timer.duration()).await;
                    inbox.send(Event::Due(timer)).ok();
                });
            }
            Effect::WatchProcess(number) => {
                tokio::spawn(process::wait_for_end(number, Arc::clone(&self.orphaned)));
            }
            Effect::WatchFolders(folders) => self.watcher.watch(folders),
            Effect::Log(level, message) => self.log(level, message),
        }
    }

    fn request(&self, method: &'static str, params: Value, then: Then) {
        let request = Request::build(method).params(params).id(self.client.next_request_id()).finish();
        let mut client = self.client.clone();
        let inbox = self.inbox.clone();
        let patience = if matches!(then, Then::UpdateAsset(_)) { PATIENCE_WITH_PEOPLE } else { PATIENCE };
        // Called at once, so that requests leave in the order they were made.
        let answer = client.call(request);
        tokio::spawn(async move {
            let answer = match tokio::time::timeout(patience, answer).await {
                Err(_) => Err("the editor did not answer".to_owned()),
                Ok(Ok(Some(response))) => response.into_parts().1.map_err(|error| error.message.into_owned()),
                Ok(_) => Err("the editor is gone".to_owned()),
            };
            inbox.send(Event::Answered(then, answer)).ok();
        });
    }

    fn start(&self, job: Job) {
        let inbox = self.inbox.clone();
        tokio::task::spawn_blocking(move || {
            let failed = job.failed();
            let tell = |event| {
                inbox.send(event).ok();
            };
            if let Err(cause) = panic::catch_unwind(AssertUnwindSafe(|| job.run(&tell))) {
                tell(Event::Worked(Worked::Failed(failed, message_of(&*cause))));
            }
        });
    }

    fn log(&self, level: MessageType, message: String) {
        log(&self.outbox, level, message);
    }
}

/// Writes to the log, and tells the editor.
pub fn log(outbox: &Outbox, level: MessageType, message: String) {
    match level {
        MessageType::ERROR => tracing::error!("{message}"),
        MessageType::WARNING => tracing::warn!("{message}"),
        MessageType::INFO => tracing::info!("{message}"),
        _ => tracing::debug!("{message}"),
    }
    let params = serde_json::to_value(LogMessageParams { typ: level, message }).unwrap_or_default();
    outbox.send(Request::build(LogMessage::METHOD).params(params).finish());
}

fn message_of(cause: &(dyn std::any::Any + Send)) -> String {
    let text = cause.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| cause.downcast_ref::<String>().cloned()).unwrap_or_else(|| "no message".to_owned())
}
