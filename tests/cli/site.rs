//! A folder with files for one test, and the binary run in it.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

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
        self.run_with_input(arguments, [])
    }

    /// Runs it in a folder of this.
    pub(crate) fn run_in(&self, folder: &str, arguments: &str) -> Outcome {
        Outcome::of(self.spawn(folder, arguments))
    }

    /// The same with `input` on standard input.
    pub(crate) fn run_with_input(&self, arguments: &str, input: impl AsRef<[u8]>) -> Outcome {
        let mut child = self.spawn("", arguments);
        child.stdin.take().unwrap().write_all(input.as_ref()).ok();
        Outcome::of(child)
    }

    /// Starts it in a folder of this with all three streams piped.
    pub(crate) fn spawn(&self, folder: &str, arguments: &str) -> Child {
        Command::new(env!("CARGO_BIN_EXE_cachelint"))
            .args(arguments.split_whitespace())
            .current_dir(self.path(folder))
            .env_remove("CLICOLOR_FORCE")
            .env_remove("NO_COLOR")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Sets the permissions of a file or folder.
    #[cfg(unix)]
    pub(crate) fn set_mode(&self, path: &str, mode: u32) {
        use std::os::unix::fs::PermissionsExt as _;
        std::fs::set_permissions(self.path(path), std::fs::Permissions::from_mode(mode)).unwrap();
    }
}

/// What `run` gives where permissions hold for the processes it starts, even where the tests run as root.
#[cfg(target_os = "linux")]
pub(crate) fn unprivileged<T: Send>(run: impl FnOnce() -> T + Send) -> T {
    use rustix::thread::{CapabilitySet, remove_capability_from_bounding_set};
    std::thread::scope(|scope| {
        let bound = scope.spawn(|| {
            if rustix::process::geteuid().is_root() {
                for capability in [CapabilitySet::DAC_OVERRIDE, CapabilitySet::DAC_READ_SEARCH] {
                    remove_capability_from_bounding_set(capability).unwrap();
                }
            }
            run()
        });
        bound.join().unwrap()
    })
}

impl Outcome {
    /// What a process came to in the end.
    pub(crate) fn of(child: Child) -> Self {
        let output = child.wait_with_output().unwrap();
        Self {
            status: output.status.code().expect("ended by a signal"),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

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
