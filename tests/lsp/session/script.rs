//! A script: events go in, jobs are run one by one or held back, timers ring when they are told to.

use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, Sender, channel};

use cachelint::lsp::session::event::{Event, Then, Timer};
use cachelint::lsp::session::jobs::Job;
use cachelint::lsp::session::query::{Needs, Query, Reply, View, Way};
use cachelint::lsp::session::{Effect, Session};
use serde_json::{Value, json};
use tower_lsp::jsonrpc::Result;
use tower_lsp::ls_types::{Diagnostic, NumberOrString, Uri};

/// A session and what it wanted.
pub(crate) struct Script {
    /// The session.
    pub(crate) session: Session,
    /// The jobs that nobody has run yet.
    pub(crate) jobs: Vec<Job>,
    /// The timers that have not rung.
    pub(crate) timers: Vec<Timer>,
    /// What was published, in order: URI, version, codes.
    pub(crate) published: Vec<(String, Option<i32>, Vec<String>)>,
    /// The requests, in order.
    pub(crate) requests: Vec<(&'static str, Value)>,
    /// What their answers are for, in order.
    pub(crate) awaited: Vec<Then>,
    /// The folders that the server was to watch itself, in order.
    pub(crate) watched: Vec<PathBuf>,
    /// The messages to people, in order.
    pub(crate) messages: Vec<String>,
    /// The log.
    pub(crate) log: Vec<String>,
}

/// The code of a finding.
fn code(diagnostic: &Diagnostic) -> String {
    match &diagnostic.code {
        Some(NumberOrString::String(code)) => code.clone(),
        _ => "config".to_owned(),
    }
}

/// Takes an answer that nobody reads.
struct Nobody;

/// Takes an answer, or a refusal, of which its sender may have lost interest.
struct Waiter<T> {
    sender: Sender<Result<T>>,
    is_abandoned: bool,
}

impl<T: Send> Way<T> for Waiter<T> {
    fn send(self: Box<Self>, answer: Result<T>) {
        self.sender.send(answer).unwrap();
    }

    fn is_abandoned(&self) -> bool {
        self.is_abandoned
    }
}

/// Takes an answer to where it can be looked for.
struct Somebody<T>(Sender<T>);

impl<T: Send> Way<T> for Somebody<T> {
    fn send(self: Box<Self>, answer: Result<T>) {
        self.0.send(answer.unwrap()).unwrap();
    }

    fn is_abandoned(&self) -> bool {
        false
    }
}

impl<T> Way<T> for Nobody {
    fn send(self: Box<Self>, _: Result<T>) {}

    fn is_abandoned(&self) -> bool {
        false
    }
}

/// A reply that nobody reads.
pub(crate) fn nobody<T>() -> Reply<T> {
    Reply::new(Nobody)
}

impl Script {
    /// A session past the handshake, with folders.
    pub(crate) fn new(capabilities: &Value, roots: &[String]) -> Self {
        let mut script = Self {
            session: Session::default(),
            jobs: Vec::new(),
            timers: Vec::new(),
            published: Vec::new(),
            requests: Vec::new(),
            awaited: Vec::new(),
            watched: Vec::new(),
            messages: Vec::new(),
            log: Vec::new(),
        };
        let folders: Vec<_> = roots.iter().map(|uri| json!({"uri": uri, "name": "site"})).collect();
        let params = json!({"processId": null, "capabilities": capabilities, "workspaceFolders": folders});
        script.tell(Event::Initialize(Box::new(serde_json::from_value(params).unwrap()), nobody()));
        assert!(script.requests.is_empty(), "nothing is asked before the handshake is over");
        script.tell(Event::Initialized);
        script
    }

    /// Tells the session, and sorts what it wants.
    pub(crate) fn tell(&mut self, event: Event) {
        for effect in self.session.handle(event) {
            self.sort(effect);
        }
    }

    fn sort(&mut self, effect: Effect) {
        match effect {
            Effect::Run(job) => self.jobs.push(job),
            Effect::Later(timer) => self.timers.push(timer),
            Effect::Publish(uri, diagnostics, version) => {
                let codes = diagnostics.iter().map(code).collect();
                self.published.push((uri.as_str().to_owned(), version, codes));
            }
            Effect::Notify("window/showMessage", params) => {
                self.messages.push(params["message"].as_str().unwrap().to_owned());
            }
            Effect::Request(method, params, then) => {
                self.requests.push((method, params));
                self.awaited.push(then);
            }
            Effect::Log(_, message) => self.log.push(message),
            Effect::Welcome(reply, result) => reply.send(Ok(*result)),
            Effect::Reply(reply, answer) => reply.send(answer),
            Effect::WatchFolders(folders) => self.watched.extend(folders),
            Effect::Notify(..) | Effect::WatchProcess(_) | Effect::Drop(_) => {}
        }
    }

    /// Asks for the codes of the findings in a document, which come when it is time.
    pub(crate) fn pull(&mut self, uri: &str) -> Receiver<Vec<String>> {
        self.ask("textDocument/diagnostic", Needs::Checked(uri.parse().unwrap()), |view| {
            let shown = view.document.as_ref().map(|document| document.shown.to_vec());
            shown.unwrap_or_default().iter().map(code).collect()
        })
    }

    /// Runs a command of the server's, which is answered when it is done.
    pub(crate) fn execute(&mut self, command: &str) -> Receiver<Option<Value>> {
        let (sender, answer) = channel();
        let params = serde_json::from_value(json!({ "command": command })).unwrap();
        self.tell(Event::Execute(params, Reply::new(Somebody(sender))));
        answer
    }

    /// Runs a command whose progress has that token, and whose sender may have lost interest.
    pub(crate) fn execute_with(
        &mut self,
        command: &str,
        token: &str,
        is_abandoned: bool,
    ) -> Receiver<Result<Option<Value>>> {
        let (sender, answer) = channel();
        let params = serde_json::from_value(json!({ "command": command, "workDoneToken": token })).unwrap();
        self.tell(Event::Execute(params, Reply::new(Waiter { sender, is_abandoned })));
        answer
    }

    /// Asks to be told when that is there.
    pub(crate) fn when(&mut self, needs: Needs) -> Receiver<()> {
        self.ask("a test", needs, |_| ())
    }

    /// Asks a feature about a session.
    pub(crate) fn ask<T: Send + 'static>(
        &mut self,
        method: &'static str,
        needs: Needs,
        feature: fn(&View) -> T,
    ) -> Receiver<T> {
        let (sender, answer) = channel();
        self.tell(Event::Asked(Query::new(method, needs, Reply::new(Somebody(sender)), feature)));
        answer
    }

    /// The inbox is empty.
    pub(crate) fn quiet(&mut self) {
        self.tell(Event::Quiet);
    }

    /// Runs all jobs, and what they lead to, until nothing is left to do.
    pub(crate) fn settle(&mut self) {
        self.quiet();
        while !self.jobs.is_empty() {
            let job = self.jobs.remove(0);
            self.run(job);
            self.quiet();
        }
    }

    /// Runs one job, and tells the session what came of it.
    pub(crate) fn run(&mut self, job: Job) {
        let events = Mutex::new(Vec::new());
        job.run(&|event| events.lock().unwrap().push(event));
        for event in events.into_inner().unwrap() {
            self.tell(event);
        }
    }

    /// Lets all timers ring.
    pub(crate) fn ring(&mut self) {
        for timer in std::mem::take(&mut self.timers) {
            self.tell(Event::Due(timer));
        }
    }

    /// Opens a document of HTML.
    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        self.open_as(uri, "html", text);
    }

    /// Opens a document of some language.
    pub(crate) fn open_as(&mut self, uri: &str, language: &str, text: &str) {
        let item = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.tell(Event::Opened(serde_json::from_value(item).unwrap()));
    }

    /// Edits a document: replaces the columns `from..to` of a line.
    pub(crate) fn edit(&mut self, uri: &str, version: i32, (line, from, to): (u32, u32, u32), text: &str) {
        let range =
            json!({"start": {"line": line, "character": from}, "end": {"line": line, "character": to}});
        self.change(uri, version, json!([{"range": range, "text": text}]));
    }

    /// Changes a document.
    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: Value) {
        let params = json!({"textDocument": {"uri": uri, "version": version}, "contentChanges": changes});
        self.tell(Event::Changed(serde_json::from_value(params).unwrap()));
    }

    /// Closes a document.
    pub(crate) fn close(&mut self, uri: &str) {
        self.tell(Event::Closed(uri.parse::<Uri>().unwrap()));
    }

    /// What was published since the last time.
    pub(crate) fn news(&mut self) -> Vec<(String, Option<i32>, Vec<String>)> {
        std::mem::take(&mut self.published)
    }

    /// The documents that are to be checked, and the closed sources, by the ends of their names.
    pub(crate) fn due(&self) -> Vec<String> {
        let name = |path: &std::path::Path| path.file_name().unwrap().to_string_lossy().into_owned();
        let mut due = Vec::new();
        for job in &self.jobs {
            match job {
                Job::Check(job) => due.push(name(&job.path)),
                Job::Recheck(job) => due.extend(job.paths.iter().map(|path| name(path))),
                _ => {}
            }
        }
        due.sort();
        due
    }
}
