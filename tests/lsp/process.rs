//! The process itself over real pipes: its life, and the code it ends with.

use std::io::{Read as _, Write as _};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

#[cfg(target_os = "linux")]
use crate::site::Site;

/// How long the process may take to end. It ends within a second on an idle machine; tests run beside others.
const PATIENCE: Duration = Duration::from_secs(10);

struct Server {
    child: Child,
    input: Option<ChildStdin>,
}

impl Server {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cachelint"))
            .arg("server")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        Self { child, input }
    }

    fn send_raw(&mut self, bytes: &[u8]) {
        self.input.as_mut().unwrap().write_all(bytes).unwrap();
    }

    fn send(&mut self, body: &str) {
        self.send_raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn initialize(&mut self, parent: u32) {
        self.initialize_in(parent, "null");
    }

    /// The same with the URI of a folder, as JSON.
    fn initialize_in(&mut self, parent: u32, root: &str) {
        let params = format!("{{\"processId\":{parent},\"rootUri\":{root},\"capabilities\":{{}}}}");
        self.send(&format!("{{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{params}}}"));
        self.read_until("capabilities");
        self.send(r#"{"jsonrpc":"2.0","method":"initialized","params":{}}"#);
    }

    /// Reads until `text` has come.
    fn read_until(&mut self, text: &str) {
        let output = self.child.stdout.as_mut().unwrap();
        let mut seen = Vec::new();
        let mut chunk = [0; 4096];
        while !String::from_utf8_lossy(&seen).contains(text) {
            let read = output.read(&mut chunk).unwrap();
            assert!(read > 0, "the server ended before it said {text}");
            seen.extend_from_slice(&chunk[..read]);
        }
    }

    fn code(&mut self) -> Option<i32> {
        wait(&mut self.child).code()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn wait(child: &mut Child) -> ExitStatus {
    let begin = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        assert!(begin.elapsed() < PATIENCE, "the server did not end");
        thread::sleep(Duration::from_millis(5));
    }
}

const SHUTDOWN: &str = r#"{"jsonrpc":"2.0","id":2,"method":"shutdown"}"#;
const EXIT: &str = r#"{"jsonrpc":"2.0","method":"exit"}"#;

#[test]
fn exit_ends_the_process_with_its_input_still_open() {
    for (shut_down, code) in [(true, 0), (false, 1)] {
        let mut server = Server::start();
        server.initialize(std::process::id());
        if shut_down {
            server.send(SHUTDOWN);
            server.read_until("\"id\":2");
        }
        server.send(EXIT);
        assert_eq!(server.code(), Some(code));
    }
}

#[test]
fn the_end_of_the_input_ends_the_process() {
    for (shut_down, code) in [(true, 0), (false, 1)] {
        let mut server = Server::start();
        server.initialize(std::process::id());
        if shut_down {
            server.send(SHUTDOWN);
            server.read_until("\"id\":2");
        }
        server.input = None;
        assert_eq!(server.code(), Some(code));
    }
}

#[test]
fn the_death_of_the_editor_ends_the_process() {
    let mut parent = Command::new("sleep").arg("60").spawn().unwrap();
    let mut server = Server::start();
    server.initialize(parent.id());
    assert!(server.child.try_wait().unwrap().is_none());
    parent.kill().unwrap();
    parent.wait().unwrap();
    assert_eq!(server.code(), Some(1));
}

#[test]
fn a_process_survives_what_is_no_message() {
    let bad: [&[u8]; 5] = [
        b"no header\r\n\r\n",
        b"Content-Length: 10000000000\r\n\r\n",
        b"Content-Length: 9\r\n\r\n{\"broken\"",
        b"Content-Length: 2\r\n\r\n\xff\xfe",
        b"Content-Length: 500\r\n\r\n{\"half\":",
    ];
    let mut server = Server::start();
    server.initialize(std::process::id());
    for bytes in bad {
        server.send_raw(bytes);
    }
    server.send(SHUTDOWN);
    server.read_until("\"id\":2");
    server.send(EXIT);
    assert_eq!(server.code(), Some(0));
}

#[test]
fn a_client_that_reads_nothing_does_not_keep_the_process() {
    let mut server = Server::start();
    server.send(r#"{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"capabilities":{}}}"#);
    for _ in 0..2000 {
        server.send(r#"{"jsonrpc":"2.0","id":3,"method":"no/such/method","params":{}}"#);
    }
    server.send(EXIT);
    assert_eq!(server.code(), Some(1));
}

#[test]
fn lsp_is_another_name_and_logs_go_to_standard_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_cachelint"))
        .args(["lsp", "--stdio", "--log", "debug"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let broken = "Content-Length: 1\r\n\r\n{";
    child.stdin.as_mut().unwrap().write_all(broken.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let (said, log) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(said.starts_with("Content-Length:") && said.contains("-32700"), "{said}");
    assert!(log.contains("not understood"), "{log}");
}

/// The niceness of each thread of a process.
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "a test looks at its process")]
fn niceness(process: u32) -> Vec<String> {
    let threads = std::fs::read_dir(format!("/proc/{process}/task")).unwrap();
    let stats =
        threads.filter_map(|thread| std::fs::read_to_string(thread.unwrap().path().join("stat")).ok());
    // The 19th field; the second is a name in parentheses.
    let field = |stat: String| stat.rsplit(')').next()?.split_whitespace().nth(16).map(str::to_owned);
    stats.filter_map(field).collect()
}

#[test]
#[cfg(target_os = "linux")]
fn no_thread_keeps_the_low_priority_of_a_scan() {
    let site = Site::new();
    // Of a template like that each reference is judged on all processors.
    site.write("templates/large.html", &"<script src='/static/app.js'></script>\n".repeat(2000));
    // All findings are told, once the scan is over.
    site.write("cachelint.toml", "");
    let mut server = Server::start();
    server.initialize_in(std::process::id(), &format!("{:?}", site.uri("")));
    server.read_until("large.html");
    let (own, its) = (niceness(std::process::id()), niceness(server.child.id()));
    assert!(its.len() > 2 && its.iter().all(|it| *it == own[0]), "{its:?} beside {own:?}");
}
