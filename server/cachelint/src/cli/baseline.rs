//! Baselines: what a project knows already, so that a run reports only what is new.
//!
//! A finding is known by its path, its rule and the text of its URL, counted among its equals: no line numbers,
//! so lines may move.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, bail};
use cachelint_lint::Finding;

use super::report::schema::{self, Known, VERSION};

/// How often each finding is known, in paths seen from one folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Baseline {
    /// The folder of the baseline's file, absolute.
    folder: PathBuf,
    counts: BTreeMap<Key, usize>,
}

/// What makes two findings the same to a baseline.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    /// The source, relative to the baseline's folder, with `/`.
    path: String,
    rule: String,
    url: String,
}

impl Baseline {
    /// The baseline at `file` (absolute) that knows all of `findings`.
    pub(crate) fn of<'a>(file: &Path, findings: impl Iterator<Item = (&'a Path, &'a Finding)>) -> Self {
        let mut baseline = Self::at(file);
        for (path, finding) in findings {
            *baseline.counts.entry(baseline.key(path, finding)).or_default() += 1;
        }
        baseline
    }

    /// Reads the text of the baseline at `file` (absolute).
    pub(crate) fn parse(file: &Path, text: &str) -> anyhow::Result<Self> {
        let document: schema::Baseline =
            serde_json::from_str(text).context("not a baseline that --write-baseline wrote")?;
        if document.version != VERSION {
            bail!("written by another version of cachelint; write it anew with --write-baseline");
        }
        let mut baseline = Self::at(file);
        for Known { path, rule, url, count } in document.findings {
            *baseline.counts.entry(Key { path, rule, url }).or_default() += count;
        }
        Ok(baseline)
    }

    /// The text of the baseline file: one finding a line, sorted, so that changes read well in a diff.
    pub(crate) fn render(&self) -> anyhow::Result<String> {
        let lines: Vec<String> = self
            .counts
            .iter()
            .map(|(key, &count)| {
                let Key { path, rule, url } = key.clone();
                serde_json::to_string(&Known { path, rule, url, count })
            })
            .collect::<Result<_, _>>()?;
        let separator = if lines.is_empty() { "" } else { "\n" };
        Ok(format!("{{\"version\":{VERSION},\"findings\":[{separator}{}{separator}]}}\n", lines.join(",\n")))
    }

    /// How many findings it knows.
    pub(crate) fn len(&self) -> usize {
        self.counts.values().sum()
    }

    /// Takes from `findings` of the source at `path`, which stand in order, those it knows.
    /// Of equals the first are the known ones.
    pub(crate) fn subtract(&self, path: &Path, findings: &mut Vec<Finding>) {
        let mut seen: BTreeMap<Key, usize> = BTreeMap::new();
        findings.retain(|finding| {
            let key = self.key(path, finding);
            let known = self.counts.get(&key).copied().unwrap_or(0);
            let count = seen.entry(key).or_default();
            *count += 1;
            *count > known
        });
    }

    fn at(file: &Path) -> Self {
        Self { folder: file.parent().unwrap_or(file).to_owned(), counts: BTreeMap::new() }
    }

    fn key(&self, path: &Path, finding: &Finding) -> Key {
        Key {
            path: cachelint_project::shown(&self.folder, path),
            rule: finding.rule.to_owned(),
            url: finding.url.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use cachelint_lint::Level;
    use cachelint_syntax::Span;
    use expect_test::expect;

    use super::*;

    fn finding(at: usize, url: &str) -> Finding {
        Finding {
            rule: "unversioned-reference",
            level: Level::Warning,
            span: Span::new(at, at + url.len()),
            message: String::new(),
            help: None,
            url: url.to_owned(),
            asset: None,
            related: Vec::new(),
            fixes: Vec::new(),
        }
    }

    fn remaining(known: &[Finding], now: &[Finding]) -> Vec<usize> {
        let file = Path::new("/site/known.json");
        let path = Path::new("/site/templates/a.html");
        let baseline = Baseline::of(file, known.iter().map(|finding| (path, finding)));
        let read = Baseline::parse(file, &baseline.render().unwrap()).unwrap();
        assert_eq!(read, baseline);
        let mut left = now.to_vec();
        read.subtract(path, &mut left);
        left.iter().map(|finding| finding.span.start).collect()
    }

    #[test]
    fn known_findings_stay_known_where_lines_move() {
        let known = [finding(10, "/a.css"), finding(50, "/a.css"), finding(90, "/b.css")];
        let moved = [finding(110, "/a.css"), finding(150, "/a.css"), finding(190, "/b.css")];
        assert_eq!(remaining(&known, &moved), [0usize; 0]);
    }

    #[test]
    fn one_more_of_the_same_is_new() {
        let known = [finding(10, "/a.css")];
        let now = [finding(10, "/a.css"), finding(20, "/c.css"), finding(30, "/a.css")];
        assert_eq!(remaining(&known, &now), [20, 30]);
        assert_eq!(remaining(&[], &now), [10, 20, 30]);
    }

    #[test]
    fn the_file_has_one_finding_a_line() {
        let path = Path::new("/site/a.html");
        let findings = [finding(1, "/a.css"), finding(2, "/a.css"), finding(3, "/\"é\".css")];
        let file = Path::new("/site/.ci/known.json");
        let baseline = Baseline::of(file, findings.iter().map(|finding| (path, finding)));
        expect![[r#"
            {"version":1,"findings":[
            {"path":"../a.html","rule":"unversioned-reference","url":"/\"é\".css"},
            {"path":"../a.html","rule":"unversioned-reference","url":"/a.css","count":2}
            ]}
        "#]]
        .assert_eq(&baseline.render().unwrap());
        assert_eq!(Baseline::default().render().unwrap(), "{\"version\":1,\"findings\":[]}\n");
    }

    #[test]
    fn what_is_no_baseline_is_said_to_be_none() {
        let check = |text: &str, expected: &str| {
            assert_eq!(Baseline::parse(Path::new("/known.json"), text).unwrap_err().to_string(), expected);
        };
        check("[]", "not a baseline that --write-baseline wrote");
        check(
            r#"{"version":9,"findings":[]}"#,
            "written by another version of cachelint; write it anew with --write-baseline",
        );
    }
}
