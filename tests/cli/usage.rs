//! Wrong usage, and the commands that need no project.

use expect_test::{Expect, expect};

use crate::site::Site;

fn check(arguments: &str, expected: &Expect) {
    expected.assert_eq(&Site::new(&[]).run(arguments).shown());
}

#[test]
fn wrong_usage_exits_with_2() {
    check(
        "explain unversioned-referense",
        &expect![[r#"
        exit 2
        --- stderr
        error: there is no rule unversioned-referense. Did you mean unversioned-reference?
    "#]],
    );
    check(
        "check --select nonsense",
        &expect![[r#"
        exit 2
        --- stderr
        error: there is no rule nonsense; cachelint rules lists them
    "#]],
    );
    for arguments in ["", "chekc", "check --fail-on loud", "check --output-format xml", "hash", "check -q -v"]
    {
        assert_eq!(Site::new(&[]).run(arguments).status, 2, "{arguments}");
    }
}

#[test]
fn completions_are_written_for_each_shell() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let outcome = Site::new(&[]).run(&format!("completions {shell}"));
        assert!(outcome.status == 0 && outcome.stdout.contains("write-baseline"), "{shell}");
    }
}

#[test]
fn a_rule_is_explained_in_markdown() {
    let outcome = Site::new(&[]).run("explain unversioned-reference");
    assert_eq!((outcome.status, outcome.stderr.as_str()), (0, ""));
    assert!(outcome.stdout.starts_with("# "), "{}", outcome.stdout);
}
