//! The text of a suppression: `cachelint: ignore[rule, rule] reason`.

use cachelint_syntax::{Comment, Span};

use crate::rules;

/// What a suppression does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Silences its line, or the next tag if the comment is alone on its line.
    Ignore,
    /// Silences the line after it.
    IgnoreNextLine,
    /// Silences the file.
    IgnoreFile,
    /// Silences what follows, up to `on`.
    Off,
    /// Ends `off`.
    On,
}

/// A suppression.
#[derive(Clone, Debug)]
pub(crate) struct Directive<'a> {
    pub(crate) comment: &'a Comment,
    pub(crate) verb: Verb,
    /// The rules it names; all if it names none.
    pub(crate) rules: Vec<Named>,
    /// The list with its brackets, if there is one.
    pub(crate) list: Option<Span>,
}

/// A rule as named in a list.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    pub(crate) name: &'static str,
    pub(crate) span: Span,
}

/// What is wrong with a suppression.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) span: Span,
    pub(crate) message: String,
    /// The word that was likely meant.
    pub(crate) nearest: Option<&'static str>,
}

const MARK: &str = "cachelint:";
const VERBS: [(&str, Verb); 5] = [
    ("ignore", Verb::Ignore),
    ("ignore-next-line", Verb::IgnoreNextLine),
    ("ignore-file", Verb::IgnoreFile),
    ("off", Verb::Off),
    ("on", Verb::On),
];

impl Verb {
    /// As written.
    pub(crate) fn name(self) -> &'static str {
        VERBS.iter().find(|&&(_, verb)| verb == self).map_or("", |&(name, _)| name)
    }
}

impl Directive<'_> {
    /// Whether it speaks of a rule.
    pub(crate) fn names(&self, rule: &str) -> bool {
        self.list.is_none() || self.rules.iter().any(|named| named.name == rule)
    }
}

/// Reads a comment; with a problem, what of it is sound still holds.
pub(crate) fn parse<'a>(text: &str, comment: &'a Comment) -> (Option<Directive<'a>>, Vec<Problem>) {
    let body = comment.body.of(text);
    let Some(mark) = body.find(MARK) else { return (None, Vec::new()) };
    let after = mark + MARK.len();
    let start = after + (body[after..].len() - body[after..].trim_start().len());
    let length =
        body[start..].bytes().take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'-').count();
    let word = &body[start..start + length];
    let span = Span::new(start, start + length).shifted(comment.body.start);
    let Some(&(_, verb)) = VERBS.iter().find(|(name, _)| *name == word) else {
        return (None, vec![unknown_verb(word, Span::new(mark, start + length).shifted(comment.body.start))]);
    };
    let rest = &body[start + length..];
    let directive = Directive { comment, verb, rules: Vec::new(), list: None };
    if !rest.trim_start().starts_with('[') {
        return (Some(directive), Vec::new());
    }
    let open = span.end + (rest.len() - rest.trim_start().len());
    let Some(close) = rest.find(']').map(|at| span.end + at) else {
        return (
            None,
            vec![problem(Span::new(open, comment.body.end), "the list of rules is not closed with ]")],
        );
    };
    let (rules, problems) = parse_list(text, Span::new(open + 1, close));
    let sound = !rules.is_empty();
    let directive = Directive { rules, list: Some(Span::new(open, close + 1)), ..directive };
    (sound.then_some(directive), problems)
}

fn parse_list(text: &str, list: Span) -> (Vec<Named>, Vec<Problem>) {
    let (mut rules, mut problems) = (Vec::new(), Vec::new());
    let mut start = list.start;
    for item in list.of(text).split(',') {
        let name = item.trim();
        let from = start + (item.len() - item.trim_start().len());
        let span = Span::new(from, from + name.len());
        start += item.len() + 1;
        match rules::find(name) {
            Some(rule) => rules.push(Named { name: rule.name, span }),
            None if name.is_empty() => problems.push(problem(list, "a rule's name is missing in the list")),
            None => problems.push(unknown_rule(name, span)),
        }
    }
    (rules, problems)
}

fn problem(span: Span, message: &str) -> Problem {
    Problem { span, message: message.to_owned(), nearest: None }
}

fn unknown_verb(word: &str, span: Span) -> Problem {
    let nearest = nearest(word, VERBS.iter().map(|&(name, _)| name));
    let message = if word.is_empty() {
        "cachelint: is followed by no instruction such as ignore".to_owned()
    } else {
        format!("{word} is no instruction{}", question(nearest))
    };
    Problem { span, message, nearest }
}

fn unknown_rule(name: &str, span: Span) -> Problem {
    let nearest = nearest(name, rules::ALL.iter().map(|rule| rule.name));
    Problem { span, message: format!("{name} is no rule{}", question(nearest)), nearest }
}

fn question(nearest: Option<&str>) -> String {
    nearest.map_or_else(String::new, |name| format!(". Did you mean {name}?"))
}

/// The name that shares most with `word`, if it shares more than half.
fn nearest(word: &str, names: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let likeness = names.map(|name| (strsim::normalized_damerau_levenshtein(word, name), name));
    let best = likeness.max_by(|(one, _), (other, _)| one.total_cmp(other));
    best.filter(|&(likeness, _)| likeness > 0.5).map(|(_, name)| name)
}
