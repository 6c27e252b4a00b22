//! The version a fix writes: the asset's stamp, or the expression that the project writes by habit.

use cachelint_syntax::Dialect;

use crate::Input;
use crate::rules::Site;
use crate::{Edit, Status, stamp};

/// A parameter and its value.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    parameter: String,
    stamp: Option<String>,
    expression: Option<String>,
}

impl Version {
    /// The version that belongs at a site; `None` where the asset's digest is needed and not known.
    pub(crate) fn of(site: &Site<'_>) -> Option<Self> {
        let settings = site.input.settings;
        let digests = site.resolved.asset().and_then(|asset| asset.digests.as_ref());
        let stamp = digests.and_then(|digests| stamp(digests, &settings.version));
        let literal = site.judgement.status == Status::Stale || site.input.dialect == Dialect::Plain;
        let expression = settings.habit.expression.as_deref().filter(|_| !literal);
        let expression = expression.map(|output| output.trim_matches(['{', '}', ' ']).to_owned());
        (stamp.is_some() || expression.is_some()).then(|| Self {
            parameter: settings.habit.parameter.clone().unwrap_or_else(|| settings.version.parameter.clone()),
            stamp,
            expression,
        })
    }

    /// Whether an edit writes the stamp, which is right for one file only.
    pub(crate) fn is_in(&self, edit: &Edit) -> bool {
        self.stamp.as_ref().is_some_and(|stamp| edit.text.contains(stamp))
    }

    /// The parameter it is written in.
    pub(crate) fn parameter(&self) -> &str {
        &self.parameter
    }

    /// The value as text of a URL; within a template block only a stamp will do.
    pub(crate) fn text_value(&self, in_block: bool) -> Option<String> {
        let output = self.expression.as_ref().filter(|_| !in_block).map(|name| format!("{{{{ {name} }}}}"));
        output.or_else(|| self.stamp.clone())
    }

    /// The value as an argument.
    pub(crate) fn argument_value(&self, quote: char) -> Option<String> {
        self.expression.clone().or_else(|| Some(format!("{quote}{}{quote}", self.stamp.as_ref()?)))
    }

    /// The whole argument: `v='3f2a9c1b'`.
    pub(crate) fn argument(&self, quote: char) -> Option<String> {
        Some(format!("{}={}", self.parameter, self.argument_value(quote)?))
    }
}

/// Whether byte `offset` lies within a template block that begins before it.
pub(crate) fn in_block(site: &Site<'_>, offset: usize) -> bool {
    site.input.dialect != Dialect::Plain && opens_before(&site.input, offset)
}

/// Whether a delimiter that opens a template block is the last before byte `offset`.
pub(crate) fn opens_before(input: &Input<'_>, offset: usize) -> bool {
    let before = input.back_from(offset, Input::LOOK_BACK);
    let last = before.windows(2).rev().find(|pair| matches!(*pair, b"{{" | b"{%" | b"}}" | b"%}"));
    last.is_some_and(|pair| pair[0] == b'{')
}
