//! Letter case: names of HTML and file extensions mean the same in any.

use std::borrow::Cow;

/// A text with ASCII's letters in lower case, borrowed where they are already, as nearly all names are.
pub fn in_lower_case(text: &str) -> Cow<'_, str> {
    if text.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Owned(text.to_ascii_lowercase());
    }
    Cow::Borrowed(text)
}
