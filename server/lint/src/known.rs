//! What is known of a whole project before its sources are judged one by one.

use std::path::Path;
use std::sync::Arc;

use crate::check::findings;
use crate::{Across, Elsewhere, Habit, HelperForm, Input, Kept, Report, Uses};

/// What is known of a whole project. Cheap to clone: clones share everything.
#[derive(Clone, Debug, Default)]
pub struct Known {
    /// How it already writes versions by hand.
    pub habit: Arc<Habit>,
    /// Who uses which asset; `None` where not all sources were looked at: rules across files then say nothing.
    pub across: Option<Across>,
}

impl Known {
    /// The same with the uses of some sources in place of what was known of them.
    #[must_use]
    pub fn with(&self, uses: Vec<Uses>) -> Self {
        let mut known = self.clone();
        if let Some(across) = &mut known.across {
            uses.into_iter().for_each(|uses| drop(across.insert(Arc::new(uses))));
        }
        known
    }

    /// Checks one source of the project (absolute, and as people are shown it). `kept` is what was judged of an earlier
    /// text of it, and then of this one. The answer: its uses of assets (those known already, where they are the same),
    /// and what the rules say.
    pub fn check(
        &self,
        source: &Path,
        shown: &str,
        input: &Input<'_>,
        kept: &mut Kept,
    ) -> (Arc<Uses>, Report) {
        kept.judge(input);
        let own = kept.uses(source, shown);
        let elsewhere = self.across.as_ref().map(|across| Elsewhere { own: &own, across });
        let judgements = kept.judgements();
        let input = &Input { elsewhere, ..*input };
        let findings = match is_judged_by_section(input) {
            true => kept.findings(input),
            false => findings(input, &judgements).into(),
        };
        let report = Report { findings, judgements };
        let before = self.across.as_ref().and_then(|across| across.of_source(source));
        let same = before.filter(|before| ***before == own).map(Arc::clone);
        (same.unwrap_or_else(|| Arc::new(own)), report)
    }
}

/// Whether a source is judged section by section: not where a comment may silence what another section holds, where an
/// import, which is no reference, is to be judged, or where a fix loads the helper that it calls at the source's top.
fn is_judged_by_section(input: &Input<'_>) -> bool {
    let helper = input.settings.helper.as_ref().filter(|helper| helper.form == HelperForm::Tag);
    let is_loaded = helper.is_some_and(|helper| helper.mounts.iter().any(|mount| mount.versioned.is_some()));
    input.extraction.comments.is_empty() && input.imports.is_empty() && !is_loaded
}
