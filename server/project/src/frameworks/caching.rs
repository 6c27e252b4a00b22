//! What the body of a function does to the `Cache-Control` of every response.

/// Whether browsers may keep what the function answers; `None` where it sets no such header, or only on a condition.
pub(super) fn of_body(body: &str) -> Option<bool> {
    let has = |words: &[&str]| words.iter().any(|word| body.contains(word));
    if !has(&["Cache-Control", "cache-control", "cache_control"]) || body.contains("if ") {
        return None;
    }
    if has(&["no-store", "no-cache", "no_store", "no_cache", "max-age=0", "max_age = 0"]) {
        return Some(false);
    }
    has(&["max-age", "max_age", "immutable"]).then_some(true)
}
