//! Numbers, sizes and times as people read them.

use std::time::SystemTime;

use cachelint_lint::Date;
use cachelint_syntax::SourceKind;

use crate::Record;

/// `1 template`, `4 templates`.
pub(crate) fn counted(count: usize, thing: &str) -> String {
    format!("{count} {thing}{}", if count == 1 { "" } else { "s" })
}

/// What these sources are together: `template`, or `file` where others are among them.
pub(crate) fn kind_of<'a>(mut sources: impl Iterator<Item = &'a Record>) -> &'static str {
    if sources.all(|record| record.kind == SourceKind::Template) { "template" } else { "file" }
}

/// `text` with its first letter large.
pub(crate) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// `812 bytes`, `12.4 kB`, `3.0 MB`.
pub(crate) fn size(bytes: u64) -> String {
    let tenths = |unit: u64| {
        let rounded = (bytes * 10 + unit / 2) / unit;
        format!("{}.{}", rounded / 10, rounded % 10)
    };
    match bytes {
        1 => "1 byte".to_owned(),
        0..1000 => format!("{bytes} bytes"),
        1000..999_950 => format!("{} kB", tenths(1000)),
        _ => format!("{} MB", tenths(1_000_000)),
    }
}

/// `2 days ago`; a time still to come is `just now`.
pub(crate) fn ago(now: SystemTime, then: SystemTime) -> String {
    const MINUTE: u64 = 60;
    const HOUR: u64 = 60 * MINUTE;
    const DAY: u64 = 24 * HOUR;
    let seconds = now.duration_since(then).map_or(0, |past| past.as_secs());
    let (count, unit) = match seconds {
        0..MINUTE => return "just now".to_owned(),
        MINUTE..HOUR => (seconds / MINUTE, "minute"),
        HOUR..DAY => (seconds / HOUR, "hour"),
        _ if seconds < 60 * DAY => (seconds / DAY, "day"),
        _ if seconds < 730 * DAY => (seconds / (30 * DAY), "month"),
        _ => (seconds / (365 * DAY), "year"),
    };
    format!("{} ago", counted(usize::try_from(count).unwrap_or(usize::MAX), unit))
}

/// `12 Mar`, with the year where it is not that of `now`; in UTC.
pub(crate) fn date(now: Option<SystemTime>, then: SystemTime) -> String {
    let date = Date::of(then);
    let this_year = now.is_some_and(|now| Date::of(now).year == date.year);
    if this_year { date.in_year() } else { date.to_string() }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn at(seconds: u64) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)
    }

    #[test]
    fn sizes_are_short() {
        let sizes = [0, 1, 999, 1000, 12_449, 999_949, 999_950, 64_000_000].map(size);
        assert_eq!(
            sizes,
            ["0 bytes", "1 byte", "999 bytes", "1.0 kB", "12.4 kB", "999.9 kB", "1.0 MB", "64.0 MB"]
        );
    }

    #[test]
    fn times_are_told_from_now() {
        let check = |seconds: u64, expected: &str| {
            assert_eq!(ago(at(1_000_000_000), at(1_000_000_000 - seconds)), expected);
        };
        check(0, "just now");
        check(60, "1 minute ago");
        check(300, "5 minutes ago");
        check(2 * 86_400, "2 days ago");
        check(59 * 86_400, "59 days ago");
        check(100 * 86_400, "3 months ago");
        check(800 * 86_400, "2 years ago");
        assert_eq!(ago(at(0), at(10)), "just now");
    }

    #[test]
    fn dates_name_another_year() {
        let spring = at(1_773_273_600);
        assert_eq!(date(Some(spring), spring), "12 Mar");
        assert_eq!(date(None, spring), "12 Mar 2026");
        assert_eq!(date(Some(spring), at(951_782_400)), "29 Feb 2000");
        assert_eq!(date(Some(spring), at(0)), "1 Jan 1970");
    }
}
