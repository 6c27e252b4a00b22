//! Files that are odd, unreadable, changing or gone: named, and the rest goes on.

use cachelint_lint::{Digests, Target};

use crate::disk::{self, WriteError};
use crate::testing::{Site, unprivileged};
use crate::{DigestError, Options, Project};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn texts_that_are_none_are_named_with_the_reason() {
    let site = Site::new(&[("folder.html/", "")]);
    site.write("latin.html", b"caf\xe9");
    site.write("binary.html", b"a\0b");
    site.write("bom.html", "\u{feff}é\r\n".as_bytes());
    let project = site.project();
    let cases = [
        ("latin.html", "latin.html: skipped, not UTF-8 at byte 3"),
        ("binary.html", "binary.html: skipped, no text, a NUL at byte 1"),
        ("folder.html", "folder.html: skipped, not a regular file"),
        ("gone.html", "gone.html: skipped, no such file or directory"),
    ];
    for (path, message) in cases {
        assert_eq!(project.read(&site.path(path)).unwrap_err().to_string(), message);
    }
    assert_eq!(project.read(&site.path("bom.html")).unwrap(), "\u{feff}é\r\n");
}

#[test]
fn sources_beyond_the_limit_are_not_read() {
    let site = Site::new(&[]);
    let at_limit = vec![b' '; usize::try_from(disk::MAX_SOURCE).unwrap()];
    site.write("full.html", &at_limit);
    site.write("over.html", &[&at_limit[..], b" "].concat());
    assert_eq!(site.project().read(&site.path("full.html")).unwrap().len() as u64, disk::MAX_SOURCE);
    let error = site.project().read(&site.path("over.html")).unwrap_err().to_string();
    assert_eq!(error, "over.html: skipped, 51 MB are more than the 50 MB that are read");
}

#[cfg(unix)]
#[test]
fn fifos_are_never_opened() {
    let site = Site::new(&[("static/", ""), ("good.html", "")]);
    site.fifo("pipe.html");
    site.fifo("static/pipe.css");
    let project = site.project();
    let error = project.read(&site.path("pipe.html")).unwrap_err().to_string();
    assert_eq!(error, "pipe.html: skipped, not a regular file");
    let discovery = project.discover(&[]);
    assert_eq!(discovery.sources, [site.path("good.html")]);
    assert_eq!(discovery.failures, ["pipe.html: skipped, not a regular file"]);
    assert!(matches!(project.digest(&site.path("static/pipe.css")), Err(DigestError::NotAFile)));
    let text = "{{ x }}<link rel=stylesheet href=/static/pipe.css>";
    let target = project.analyse(&site.path("good.html"), text).unwrap().resolved.remove(0).target;
    assert_eq!(target, Target::Unchecked("it could not be read: not a regular file".to_owned()));
}

#[cfg(unix)]
#[test]
fn links_in_circles_are_named_and_links_twice_are_read_once() {
    let site = Site::new(&[("t/a.html", "")]);
    site.link("t/loop", "..");
    site.link("t/self.html", "self.html");
    site.link("t/dead.html", "nowhere.html");
    site.link("t/dead.lock", "nowhere");
    site.link("u/again.html", "../t/a.html");
    let discovery = site.project().discover(&[]);
    assert_eq!(discovery.sources, [site.path("t/a.html")]);
    let expected = [
        "t/dead.html: skipped, no such file or directory",
        "t/loop: skipped, a link back to a folder above it",
        "t/self.html: skipped, too many levels of symbolic links",
    ];
    assert_eq!(discovery.failures, expected);
}

#[cfg(unix)]
#[test]
fn links_out_of_the_project_are_not_walked() {
    let outside = Site::new(&[("b.html", "")]);
    let site = Site::new(&[("a.html", "")]);
    site.link("out", outside.path(""));
    let discovery = site.project().discover(&[]);
    assert_eq!(discovery.sources, [site.path("a.html")]);
    assert_eq!(discovery.passed_over, ["out: skipped, a link that leaves the project folder"]);
}

#[cfg(target_os = "linux")]
#[test]
fn what_may_not_be_read_is_named_and_the_rest_is_found() {
    let site = Site::new(&[("a.html", ""), ("shut/b.html", ""), ("c.html", "c"), ("static/d.css", "d")]);
    for (path, mode) in [("shut", 0), ("c.html", 0), ("static/d.css", 0)] {
        site.mode(path, mode);
    }
    let project = site.project();
    let text = "{{ x }}<link rel=stylesheet href=/static/d.css>";
    let (discovery, read, analysis) = unprivileged(|| {
        let analysis = project.analyse(&site.path("a.html"), text).unwrap();
        (project.discover(&[]), project.read(&site.path("c.html")), analysis)
    });
    site.mode("shut", 0o755);
    assert_eq!(discovery.sources, [site.path("a.html"), site.path("c.html")]);
    assert_eq!(discovery.failures, ["shut: skipped, permission denied"]);
    assert_eq!(read.unwrap_err().to_string(), "c.html: skipped, permission denied");
    let unchecked = Target::Unchecked("it could not be read: permission denied".to_owned());
    assert_eq!(analysis.resolved[0].target, unchecked);
}

#[test]
fn digests_are_those_of_the_bytes_and_follow_the_file() {
    let site = Site::new(&[("a.css", "abc")]);
    let project = site.project();
    let digests = project.digest(&site.path("a.css")).unwrap();
    assert_eq!(hex(&digests.sha256), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(hex(&digests.others[0].sha1), "a9993e364706816aba3e25717850c26c9cd0d89d");
    assert_eq!(hex(&digests.others[0].md5), "900150983cd24fb0d6963f7d28e17f72");
    site.write("a.css", b"abcd");
    assert_ne!(project.digest(&site.path("a.css")).unwrap().sha256, digests.sha256);
    assert!(matches!(project.digest(&site.path("b.css")), Err(DigestError::Vanished)));
    assert!(matches!(project.digest(&site.path("")), Err(DigestError::NotAFile)));
}

#[test]
fn line_endings_are_read_as_configured_and_the_others_are_known() {
    let digests = |config: &str, name: &str, bytes: &[u8]| -> Digests {
        let site = Site::new(&[("cachelint.toml", config)]);
        site.write(name, bytes);
        site.project().digest(&site.path(name)).unwrap()
    };
    let (as_is, lf) = ("", "line-endings = 'lf'");
    let unix = digests(as_is, "a.css", b"a\nb\n");
    let dos = digests(as_is, "a.css", b"a\r\nb\r\n");
    assert_ne!(unix.sha256, dos.sha256);
    assert!(dos.others.iter().any(|other| other.sha256 == unix.sha256));
    assert!(unix.others.iter().any(|other| other.sha256 == dos.sha256));
    assert_eq!(digests(lf, "a.css", b"a\r\nb\r\n").sha256, unix.sha256);
    assert_eq!(digests(lf, "a.css", b"a\r\nb\r\n").others[0].sha256, unix.sha256);
    assert_ne!(digests(lf, "a.png", b"a\r\nb\r\n").sha256, unix.sha256);
    let lone = digests(lf, "a.css", b"a\rb\r\r\nc\r");
    assert_eq!(lone.sha256, digests(as_is, "a.css", b"a\rb\r\nc\r").sha256);
    let mut long = vec![b'x'; 128 * 1024 - 1];
    long.extend(b"\r\ny");
    let split = digests(lf, "a.css", &long).sha256;
    long.remove(128 * 1024 - 1);
    assert_eq!(split, digests(as_is, "a.css", &long).sha256);
}

#[test]
fn git_lfs_pointers_stand_for_their_file() {
    let oid = "4d7a214614ab2935c943f9e0ff69d22eadbb8f32b1258daaa5e2ca24d17e2393";
    let pointer = format!("version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize 12345\n");
    let site =
        Site::new(&[("index.html", ""), ("a.mp4", &pointer), ("b.mp4", &pointer.replace("4d7a", "zzzz"))]);
    let project = site.project();
    let analysis = project.analyse(&site.path("index.html"), "<video src=a.mp4></video>").unwrap();
    let asset = analysis.resolved[0].asset().unwrap();
    assert_eq!((asset.size, hex(&asset.digests.as_ref().unwrap().sha256)), (12345, oid.to_owned()));
    assert_ne!(hex(&project.digest(&site.path("b.mp4")).unwrap().sha256), oid);
}

#[test]
fn large_files_are_hashed_where_a_version_must_be_checked_or_written() {
    let site = Site::new(&[("cachelint.toml", "max-hash-size = 4"), ("a.css", "12345"), ("b.css", "1234")]);
    let hashed = |options: &Options, text: &str| {
        let project = Project::open(&site.path(""), options).unwrap();
        let analysis = project.analyse(&site.path("index.html"), text).unwrap();
        analysis.resolved[0].asset().unwrap().digests.is_some()
    };
    let (read, write) = (Options::default(), Options { hash_large: true, ..Options::default() });
    assert!(!hashed(&read, "<link rel=stylesheet href=a.css>"));
    assert!(hashed(&read, "<link rel=stylesheet href=b.css>"));
    assert!(hashed(&read, "<link rel=stylesheet href=a.css?v=0a1b2c3d>"));
    assert!(hashed(&write, "<link rel=stylesheet href=a.css>"));
}

#[cfg(unix)]
#[test]
fn files_are_replaced_whole_through_links_with_their_mode() {
    let site = Site::new(&[("real/a.html", "before"), ("b.html", "b")]);
    site.mode("real/a.html", 0o640);
    site.link("a.html", "real/a.html");
    disk::replace(&site.path("a.html"), "before", "after").unwrap();
    assert_eq!(site.bytes("real/a.html"), b"after");
    assert_eq!(site.mode_of("real/a.html"), 0o640);
    assert!(disk::is_link(&site.path("a.html")));
    assert_eq!(site.names("real"), ["a.html"]);
}

#[test]
fn a_file_that_changed_is_left_alone() {
    let site = Site::new(&[("a.html", "changed")]);
    let error = disk::replace(&site.path("a.html"), "before", "after").unwrap_err();
    assert!(matches!(error, WriteError::Changed(_)), "{error}");
    assert_eq!(site.bytes("a.html"), b"changed");
    assert!(matches!(disk::create(&site.path("a.html"), "x"), Err(WriteError::Exists(_))));
    disk::create(&site.path("b.html"), "new").unwrap();
    disk::write(&site.path("new/folder/c.html"), "c").unwrap();
    disk::write(&site.path("a.html"), "a").unwrap();
    assert_eq!(
        (site.bytes("b.html"), site.bytes("new/folder/c.html"), site.bytes("a.html")),
        (b"new".to_vec(), b"c".to_vec(), b"a".to_vec())
    );
    assert_eq!(site.names("new/folder"), ["c.html"]);
}
