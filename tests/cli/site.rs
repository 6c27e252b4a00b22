//! A folder with files for one test, and the binary run in it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};

/// A temporary project.
pub(crate) struct Site {
    folder: tempfile::TempDir,
}

/// What a run came to.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) status: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Site {
    /// A folder that holds `files`, by path and content. It ends the search for configurations above it.
    pub(crate) fn new(files: &[(&str, &str)]) -> Self {
        let site = Self { folder: tempfile::tempdir().unwrap() };
        std::fs::create_dir(site.path(".git")).unwrap();
        for (path, content) in files {
            site.write(path, content);
        }
        site
    }

    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    #[expect(clippy::disallowed_methods, reason = "a test makes its own files")]
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    #[expect(clippy::disallowed_methods, reason = "a test reads its own files")]
    pub(crate) fn read(&self, path: &str) -> String {
        String::from_utf8(std::fs::read(self.path(path)).unwrap()).unwrap()
    }

    /// Runs `cachelint` here with `arguments`, separated by spaces.
    pub(crate) fn run(&self, arguments: &str) -> Outcome {
        self.run_with_input(arguments, "")
    }

    /// The same with `input` on standard input.
    pub(crate) fn run_with_input(&self, arguments: &str, input: &str) -> Outcome {
        let mut child = Command::new(env!("CARGO_BIN_EXE_cachelint"))
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .env_remove("CLICOLOR_FORCE")
            .env_remove("NO_COLOR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
        let output = child.wait_with_output().unwrap();
        Outcome {
            status: output.status.code().expect("ended by a signal"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

impl Outcome {
    /// The exit status with both streams, for snapshots; carriage returns as `\r`.
    pub(crate) fn shown(&self) -> String {
        let mut shown = format!("exit {}\n", self.status);
        for (name, text) in [("stdout", &self.stdout), ("stderr", &self.stderr)] {
            if !text.is_empty() {
                write!(shown, "--- {name}\n{}", text.replace('\r', "\\r")).unwrap();
            }
        }
        shown
    }
}
