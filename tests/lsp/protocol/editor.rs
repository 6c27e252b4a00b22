//! A small editor. When it is dropped it shuts the server down, and nothing it was sent may be left unread.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use cachelint::lsp::transport::frames::Frames;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _, DuplexStream, WriteHalf};
use tokio::runtime::Runtime;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use crate::profiles::Profile;

/// How long the editor waits for anything.
const PATIENCE: Duration = Duration::from_secs(30);

/// A small editor.
pub(crate) struct Editor {
    /// The capabilities that it announced.
    pub(crate) profile: Profile,
    /// What the server offers.
    pub(crate) offer: Value,
    /// The settings that it answers with.
    pub(crate) settings: Value,
    /// Whether it answers the server's requests.
    pub(crate) answers: bool,
    /// The server's requests: method and parameters.
    pub(crate) requests: Vec<(String, Value)>,
    /// The diagnostics that were pushed last, by URI.
    pub(crate) pushed: BTreeMap<String, Value>,
    /// Messages to people that nobody has read.
    pub(crate) messages: VecDeque<String>,
    /// Everything that was logged.
    pub(crate) log: Vec<String>,
    /// Progress: the kinds of what was said, in order.
    pub(crate) progress: Vec<String>,
    responses: BTreeMap<i64, Value>,
    runtime: Runtime,
    to_server: WriteHalf<DuplexStream>,
    from_server: mpsc::UnboundedReceiver<Value>,
    server: Option<JoinHandle<i32>>,
    last_id: i64,
    versions: BTreeMap<String, i64>,
    shut_down: bool,
}

impl Editor {
    /// An editor with one folder, past the handshake.
    pub(crate) fn new(profile: Profile, root: Option<&str>) -> Self {
        let mut editor = Self::before_handshake(profile);
        editor.handshake(root, json!({}));
        editor
    }

    /// An editor that has said nothing yet.
    pub(crate) fn before_handshake(profile: Profile) -> Self {
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
        let (ours, theirs) = tokio::io::duplex(1 << 20);
        let (input, output) = tokio::io::split(theirs);
        let server = runtime.spawn(cachelint::lsp::serve(input, output));
        let (mut reader, to_server) = tokio::io::split(ours);
        let (sender, from_server) = mpsc::unbounded_channel();
        runtime.spawn(async move {
            let mut frames = Frames::default();
            let mut chunk = vec![0; 1 << 16];
            while let Ok(read) = reader.read(&mut chunk).await {
                frames.feed(&chunk[..read]);
                while let Some(Ok(body)) = frames.next_body() {
                    sender.send(serde_json::from_slice(&body).unwrap()).ok();
                }
                if read == 0 {
                    return;
                }
            }
        });
        Self {
            profile,
            offer: Value::Null,
            settings: json!({}),
            answers: true,
            requests: Vec::new(),
            pushed: BTreeMap::new(),
            messages: VecDeque::new(),
            log: Vec::new(),
            progress: Vec::new(),
            responses: BTreeMap::new(),
            runtime,
            to_server,
            from_server,
            server: Some(server),
            last_id: 0,
            versions: BTreeMap::new(),
            shut_down: false,
        }
    }

    /// Shakes hands.
    pub(crate) fn handshake(&mut self, root: Option<&str>, options: Value) {
        let folders: Vec<Value> = root.iter().map(|uri| json!({"uri": uri, "name": "site"})).collect();
        let params = json!({
            "processId": std::process::id(), "rootUri": root, "workspaceFolders": folders,
            "capabilities": self.profile.capabilities(), "initializationOptions": options,
        });
        self.offer = self.request("initialize", params)["capabilities"].clone();
        self.notify("initialized", json!({}));
    }

    /// Sends bytes as they are.
    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        self.runtime.block_on(self.to_server.write_all(bytes)).unwrap();
    }

    /// Sends a message.
    pub(crate) fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Sends a notification.
    pub(crate) fn notify(&mut self, method: &str, params: Value) {
        let mut message = json!({"jsonrpc": "2.0", "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
    }

    /// Sends a request, and goes on.
    pub(crate) fn begin(&mut self, method: &str, params: Value) -> i64 {
        self.last_id += 1;
        let id = self.last_id;
        self.shut_down |= method == "shutdown";
        let mut message = json!({"jsonrpc": "2.0", "id": id, "method": method});
        if !params.is_null() {
            message["params"] = params;
        }
        self.send(&message);
        id
    }

    /// The answer to a request: its result, or the whole message where it is an error.
    pub(crate) fn finish(&mut self, id: i64) -> Value {
        self.wait(&format!("the answer to request {id}"), |editor| editor.responses.contains_key(&id));
        let response = self.responses.remove(&id).unwrap();
        if response.get("error").is_some() { response } else { response["result"].clone() }
    }

    /// Sends a request and waits for its answer.
    pub(crate) fn request(&mut self, method: &str, params: Value) -> Value {
        let id = self.begin(method, params);
        self.finish(id)
    }

    /// Opens a document.
    pub(crate) fn open(&mut self, uri: &str, language: &str, text: &str) {
        self.versions.insert(uri.to_owned(), 1);
        let document = json!({"uri": uri, "languageId": language, "version": 1, "text": text});
        self.notify("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Edits a document.
    pub(crate) fn change(&mut self, uri: &str, changes: Value) {
        let version = self.versions.entry(uri.to_owned()).or_default();
        *version += 1;
        let params = json!({"textDocument": {"uri": uri, "version": *version}, "contentChanges": changes});
        self.notify("textDocument/didChange", params);
    }

    /// Closes a document.
    pub(crate) fn close(&mut self, uri: &str) {
        self.versions.remove(uri);
        self.notify("textDocument/didClose", json!({"textDocument": {"uri": uri}}));
    }

    /// The codes of the findings in the newest text of a document, pulled or pushed as the editor does.
    pub(crate) fn codes(&mut self, uri: &str) -> Vec<String> {
        let codes = self.diagnostics(uri);
        let codes = codes.as_array().unwrap().iter();
        codes.map(|diagnostic| diagnostic["code"].as_str().unwrap_or_default().to_owned()).collect()
    }

    /// The findings in the newest text of a document, pulled or pushed as the editor does.
    pub(crate) fn diagnostics(&mut self, uri: &str) -> Value {
        if self.profile.pulls() {
            let params = json!({"textDocument": {"uri": uri}});
            return self.request("textDocument/diagnostic", params)["items"].clone();
        }
        let version = self.versions[uri];
        let current = |editor: &Self| editor.pushed.get(uri).is_some_and(|it| it["version"] == version);
        self.wait(&format!("the findings in version {version} of {uri}"), current);
        self.pushed[uri]["diagnostics"].clone()
    }

    /// Reads until something is so.
    pub(crate) fn wait(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        while !is_so(self) {
            let next = self.from_server.recv();
            let message = self.runtime.block_on(async { tokio::time::timeout(PATIENCE, next).await });
            let Ok(Some(message)) = message else { panic!("waited in vain for {what}") };
            self.take(message);
        }
    }

    /// The next message to people.
    pub(crate) fn message(&mut self) -> String {
        self.wait("a message", |editor| !editor.messages.is_empty());
        self.messages.pop_front().unwrap()
    }

    /// The parameters of the next request of that method, which is taken.
    pub(crate) fn asked(&mut self, method: &str) -> Value {
        self.wait(method, |editor| editor.requests.iter().any(|(name, _)| name == method));
        let at = self.requests.iter().position(|(name, _)| name == method).unwrap();
        self.requests.remove(at).1
    }

    fn take(&mut self, message: Value) {
        let params = message["params"].clone();
        match (message["method"].as_str(), message.get("id")) {
            (Some(method), Some(id)) => self.take_request(method, id, params),
            (Some(method), None) => self.take_notification(method, params),
            (None, _) => {
                let id = message["id"].as_i64().unwrap_or(-1);
                assert!(
                    self.responses.insert(id, message).is_none() || id == -1,
                    "request {id} was answered twice"
                );
            }
        }
    }

    fn take_request(&mut self, method: &str, id: &Value, params: Value) {
        let result = match method {
            "workspace/configuration" => {
                params["items"].as_array().unwrap().iter().map(|_| self.settings.clone()).collect()
            }
            "workspace/applyEdit" => json!({"applied": true}),
            "window/showDocument" => json!({"success": true}),
            "window/showMessageRequest" => params["actions"][0].clone(),
            _ => Value::Null,
        };
        self.requests.push((method.to_owned(), params));
        if self.answers {
            self.send(&json!({"jsonrpc": "2.0", "id": id, "result": result}));
        }
    }

    fn take_notification(&mut self, method: &str, params: Value) {
        let text = |name: &str| params[name].as_str().unwrap_or_default().to_owned();
        match method {
            "textDocument/publishDiagnostics" => {
                self.pushed.insert(text("uri"), params.clone());
            }
            "window/showMessage" => self.messages.push_back(text("message")),
            "window/logMessage" => self.log.push(text("message")),
            "$/progress" => {
                self.progress.push(params["value"]["kind"].as_str().unwrap_or("partial").to_owned());
            }
            other => panic!("an unexpected notification: {other}"),
        }
    }

    /// Says `exit`, and answers the server's exit code.
    pub(crate) fn exit(&mut self) -> i32 {
        self.notify("exit", Value::Null);
        let server = self.server.take().unwrap();
        self.runtime.block_on(async { tokio::time::timeout(PATIENCE, server).await }).unwrap().unwrap()
    }

    /// Shuts the server down, and answers its exit code.
    pub(crate) fn end(&mut self) -> i32 {
        self.answers = true;
        assert_eq!(self.request("shutdown", Value::Null), Value::Null);
        self.exit()
    }
}

impl Editor {
    /// Reads the answers to what was no request.
    pub(crate) fn forget_refusals(&mut self) {
        while let Some(message) = self.runtime.block_on(self.from_server.recv()) {
            self.take_late(message);
        }
        self.responses.remove(&-1);
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        if std::thread::panicking() {
            return;
        }
        if self.server.is_some() {
            assert!(!self.shut_down, "shut down, but not ended");
            assert_eq!(self.end(), 0, "the exit code");
        }
        while let Some(message) = self.runtime.block_on(self.from_server.recv()) {
            self.take_late(message);
        }
        assert!(self.messages.is_empty(), "messages that nobody read: {:?}", self.messages);
        assert!(self.responses.is_empty(), "answers that nobody read: {:?}", self.responses);
    }
}

impl Editor {
    /// What was on its way when the server ended.
    fn take_late(&mut self, message: Value) {
        if message.get("method").is_some() && message.get("id").is_some() {
            return;
        }
        self.take(message);
    }
}
