//! A document that is edited: what is kept between its analyses never shows.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use cachelint_lint::{Resolved, Target, needs_all_digests};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestCaseError, TestRunner};

use crate::testing::Site;
use crate::{Analysis, Kept};

const PIECES: [&str; 16] = [
    "",
    "x",
    "\n",
    "<img src='/static/a.png?v=1'>",
    "<link rel=stylesheet href=\"{{ url_for('static', filename='s.css') }}?v=1a2b3c4d\">",
    "<link rel=stylesheet href=\"{{- url_for('static', filename='s.css') -}}\">",
    "<img src=\"{{ url_for('static', filename='a.png') if x else '/static/b.png' }}\">",
    "<img src='/static/{{ name }}.png'><img src='/static/away.png'>",
    "<script>load('/static/a.png'); load('/api/a.png')</script>",
    "<base href='/static/'>",
    "<img src='b.png?v=1a2b3c4d'>",
    "{# ",
    "#}",
    "{% macro m() %}",
    "{% endmacro %}",
    "<!-- ",
];
const ASSETS: [&str; 4] = ["static/a.png", "static/b.png", "static/s.css", "static/away.png"];

/// One thing that happens to a document or its project.
#[derive(Clone, Debug)]
enum Step {
    /// The text between two places, fractions of its length, gives way to a piece.
    Edit(u16, u16, usize),
    /// A file gets other bytes, or appears.
    Write(usize),
    /// A file goes.
    Remove(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let edit = (any::<u16>(), any::<u16>(), 0..PIECES.len())
        .prop_map(|(from, to, piece)| Step::Edit(from, to, piece));
    let insert = (any::<u16>(), 0..PIECES.len()).prop_map(|(at, piece)| Step::Edit(at, at, piece));
    let write = (0..ASSETS.len()).prop_map(Step::Write);
    let remove = (0..ASSETS.len()).prop_map(Step::Remove);
    prop::collection::vec(prop_oneof![2 => edit, 8 => insert, 2 => write, 1 => remove], 1..16)
}

/// Writes a file as it would have been long ago, so that its stamp can be trusted.
#[expect(clippy::disallowed_methods, reason = "tests lay out files")]
fn write(path: &Path, number: u64) {
    fs::write(path, vec![b'x'; usize::try_from(number).unwrap()]).unwrap();
    let then = SystemTime::now() - Duration::from_secs(100_000 - number);
    File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
}

fn write_all(site: &Site, names: &[&str]) {
    names.iter().zip(1..).for_each(|(name, number)| write(&site.path(name), number));
}

/// The references without digests that nobody asked for and that are there where another reference did.
fn what_counts(analysis: &Analysis) -> Vec<Resolved> {
    let mut all = analysis.resolved.clone().into_vec();
    for resolved in &mut all {
        let all_count = needs_all_digests(&resolved.written, &analysis.settings);
        if let Target::Asset(asset) = &mut resolved.target
            && let Some(digests) = &mut Arc::make_mut(asset).digests
            && !all_count
        {
            digests.others.clear();
        }
    }
    all
}

fn run(steps: &[Step], length: usize) -> Result<(), TestCaseError> {
    let site = Site::new(&[("app.py", "from flask import Flask\napp = Flask(__name__)\n"), ("static/", "")]);
    write_all(&site, &ASSETS[..3]);
    let (project, path) = (site.project(), site.path("templates/page.html"));
    let (mut kept, mut text) = (Kept::of_length(length), PIECES[3..10].join("\n"));
    for (step, number) in steps.iter().zip(10..) {
        match *step {
            Step::Edit(from, to, piece) => {
                let place = |part: u16| usize::from(part) * text.len() / 65_536;
                let (start, end) = (place(from.min(to)), place(from.max(to)));
                text.replace_range(start..end, PIECES[piece]);
            }
            Step::Write(asset) => {
                let path = site.path(ASSETS[asset]);
                let appears = !path.exists();
                write(&path, number);
                if appears {
                    project.forget();
                }
            }
            Step::Remove(asset) => {
                std::fs::remove_file(site.path(ASSETS[asset])).ok();
                project.forget();
            }
        }
        let again = project.analyse_again(&path, &text, &mut kept).unwrap();
        let anew = site.project().analyse(&path, &text).unwrap();
        prop_assert_eq!(what_counts(&again), what_counts(&anew), "{}", text);
        prop_assert_eq!(again.extraction.macros_only(), anew.extraction.macros_only());
        kept.remember(&again.into());
    }
    Ok(())
}

#[test]
fn what_is_kept_between_edits_says_what_a_fresh_look_says() {
    let config = Config { cases: 300, failure_persistence: None, ..Config::default() };
    let run = |(steps, length): (Vec<_>, _)| run(&steps, length);
    TestRunner::new(config).run(&(steps(), 0_usize..400), run).unwrap();
}

#[test]
fn what_did_not_change_is_not_looked_for_again() {
    let site = Site::new(&[("index.html", "")]);
    write_all(&site, &["a.png", "b.png"]);
    let (project, path) = (site.project(), site.path("index.html"));
    let mut kept = Kept::default();
    let mut analyse = |text: &str| {
        let analysis = Arc::new(project.analyse_again(&path, text, &mut kept).unwrap());
        kept.remember(&analysis);
        analysis
    };
    let before = analyse("<img src=a.png><img src=b.png>");
    let after = analyse("<p>typed <img src=a.png><img src=b.png?v=1>");
    let shared = |at: usize| {
        let [one, other] = [&before, &after].map(|it| it.resolved[at].asset().unwrap());
        std::ptr::eq(one, other)
    };
    assert_eq!([shared(0), shared(1)], [true, false]);
}

#[test]
fn a_text_that_was_not_analysed_answers_for_nothing() {
    let app = "from flask import Flask\napp = Flask(__name__)\napp.jinja_env.variable_start_string = '[['\n";
    let site = Site::new(&[("app.py", app), ("static/a.css", "")]);
    let (project, path, mut kept) = (site.project(), site.path("templates/page.html"), Kept::default());
    let mut analyse = |text: &str| {
        let analysis = Arc::new(project.analyse_again(&path, text, &mut kept).unwrap());
        kept.remember(&analysis);
        analysis
    };
    let (page, unread) = ("<img src='/static/gone.png'>", "<img src='/static/gone.png'>[[ x ]]");
    assert!(analyse(page).resolved[0].asset().is_none());
    assert!(analyse(unread).not_analysed.is_some());
    write(&site.path("static/gone.png"), 1);
    project.forget();
    assert!(analyse(unread).not_analysed.is_some());
    assert!(analyse(page).resolved[0].asset().is_some());
}
