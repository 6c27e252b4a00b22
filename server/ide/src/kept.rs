//! What is kept of a document between its edits.

use cachelint_lint as lint;
use cachelint_project as project;

/// What is kept of a document between its edits: handed from one check to the next, so that what did not change is not
/// found out again.
#[derive(Debug, Default)]
pub struct Kept {
    /// What was read and resolved.
    pub(crate) analysis: project::Kept,
    /// What was judged.
    pub(crate) judged: lint::Kept,
}

impl Kept {
    /// The same for a document that is cut into sections of `length` bytes.
    pub fn of_length(length: usize) -> Self {
        Self { analysis: project::Kept::of_length(length), ..Self::default() }
    }
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::path::Path;
    use std::sync::Arc;
    use std::time::{Duration, SystemTime};

    use proptest::prelude::*;
    use proptest::test_runner::{Config, TestCaseError, TestRunner};

    use crate::fixture::{Fixture, fixture};
    use crate::{Checked, Kept, Record, check};

    const ASSETS: &str = "\
//- static/a.css
a { src: url(f.woff2) }
//- static/b.js
b()
//- static/f.woff2
f
//- templates/page.html
//- templates/other.html
<link rel=stylesheet href='/static/a.css?v=1'>
<script src='/static/b.js?v=1a2b3c4d'></script>
";

    /// What makes of the same files a project of Flask, of Django with hashed names, and of Zola.
    const PROJECTS: [&str; 3] = [
        "//- app.py\nfrom flask import Flask\napp = Flask(__name__)\n",
        "//- manage.py\nimport os\nos.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n\
         //- shop/settings.py\nfrom pathlib import Path\nBASE_DIR = Path(__file__).resolve().parent.parent\n\
         STATIC_URL = '/static/'\nSTATICFILES_DIRS = [BASE_DIR / 'static']\n\
         STORAGES = {'staticfiles': {'BACKEND': 'django.contrib.staticfiles.storage.ManifestStaticFilesStorage'}}\n",
        "//- config.toml\nbase_url = 'https://a.example'\n",
    ];

    const LINES: [&str; 33] = [
        "",
        "<p>text",
        "<link rel=stylesheet href='/static/a.css'>",
        "<link rel=stylesheet href='/static/a.css?v=1'>",
        "<link rel=stylesheet href='/static/a.css?v=2'>",
        "<link rel=stylesheet href=\"{{ url_for('static', filename='a.css', v='1a2b3c4d') }}\">",
        "<script src='/static/b.js'></script>",
        "<script type=module src='/static/b.js?v=3'></script>",
        "<script type=module src='/static/b.js?v={{ version }}'></script>",
        "<link rel=preload as=font href='/static/f.woff2'>",
        "<link rel=preload as=script href='/static/b.js?v=4'>",
        "<style>@font-face { src: url(/static/f.woff2) }</style>",
        "<style>",
        "</style>",
        "<img src='/static/{% if x %}gone{% else %}f{% endif %}.png'>",
        "<img src='/static/gone.png?v=1'>",
        "<!-- cachelint: ignore-file[manual-version] -->",
        "{# cachelint: ignore[unversioned-reference] #}",
        "<base href='/static/'>",
        "<img src='gone.png'>",
        "{% macro m() %}",
        "{% endmacro %}",
        "{# ",
        " #}",
        "{% extends 'base.html' %}",
        "{% load static %}",
        "{% if debug %}",
        "{% endif %}",
        "<script src='/static/b.js?v={{ now() }}'></script>",
        "<link rel=stylesheet href='{% static \"a.css\" %}'>",
        "<link rel=stylesheet href=\"{{ get_url(path='a.css') }}\">",
        "{# uses {{ #}",
        "{{ open",
    ];

    /// A line that is put in, or takes the place of another: where, as a part of the text, and what it says.
    type Step = (u16, bool, usize);

    fn steps() -> impl Strategy<Value = Vec<Step>> {
        prop::collection::vec((any::<u16>(), prop::bool::weighted(0.3), 0..LINES.len()), 1..12)
    }

    /// What is on disk was written long ago, so that its stamps can be trusted.
    fn grow_old(folder: &Path) {
        let then = SystemTime::now() - Duration::from_secs(100_000);
        for name in ["a.css", "b.js", "f.woff2"] {
            let file = File::options().write(true).open(folder.join(name)).unwrap();
            file.set_modified(then).unwrap();
        }
    }

    fn same(again: &Checked, anew: &Checked) -> Result<(), TestCaseError> {
        let at_runtime = |checked: &Checked| -> Vec<_> {
            checked.analysis.resolved.iter().map(|it| (it.reference.span, it.at_runtime.clone())).collect()
        };
        prop_assert_eq!(at_runtime(again), at_runtime(anew), "{}", again.text);
        prop_assert_eq!(&*again.report.findings, &*anew.report.findings, "{}", again.text);
        prop_assert_eq!(&*again.report.judgements, &*anew.report.judgements, "{}", again.text);
        prop_assert_eq!(&again.uses, &anew.uses);
        prop_assert_eq!(Record::of(again), Record::of(anew));
        Ok(())
    }

    fn run(site: &Fixture, start: &[usize], steps: &[Step], length: usize) -> Result<(), TestCaseError> {
        let path = site.file("templates/page.html");
        let (mut lines, mut kept) = (start.to_vec(), Kept::of_length(length));
        let mut snapshot = site.snapshot.clone();
        for &(place, replaces, line) in steps {
            let place = usize::from(place) * (lines.len() + 1) / 65_536;
            let removed = usize::from(replaces && place < lines.len());
            lines.splice(place..place + removed, [line]);
            let text: Arc<str> =
                lines.iter().flat_map(|&line| [LINES[line], "\n"]).collect::<String>().into();
            let (project, known) = (&snapshot.project, &snapshot.known);
            let again = check(project, known, &path, Some(1), Arc::clone(&text), Some(&mut kept)).unwrap();
            let anew = check(project, known, &path, Some(1), text, None).unwrap();
            same(&again, &anew)?;
            snapshot.insert(Arc::new(again));
        }
        Ok(())
    }

    #[test]
    fn what_is_kept_between_edits_says_what_a_fresh_check_says() {
        let sites = PROJECTS.map(|project| fixture(&format!("{project}{ASSETS}")));
        sites.iter().for_each(|site| grow_old(&site.file("static")));
        let config = Config { cases: 1000, failure_persistence: None, ..Config::default() };
        let start = prop::collection::vec(0..LINES.len(), 0..20);
        TestRunner::new(config)
            .run(&(0..PROJECTS.len(), start, steps(), 0_usize..300), |(site, start, steps, length)| {
                run(&sites[site], &start, &steps, length)
            })
            .unwrap();
    }
}
