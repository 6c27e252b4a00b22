//! Expressions whose value is another each time a page is rendered: the time to the minute or finer, and chance.

/// Functions that give the time.
static CLOCKS: [&str; 4] = ["now()", "utcnow()", "time()", "time_ns()"];
/// What the time may be asked of, and what may be made of it.
static BEFORE: [&str; 8] =
    ["datetime.datetime.", "datetime.", "timezone.", "time.", "dt.", "int(", "str(", "round("];
/// Functions and filters that give another value each time.
static CHANCE: [&str; 10] = [
    "|random",
    "random()",
    "randint(",
    "randrange(",
    "uuid()",
    "uuid1()",
    "uuid4()",
    "token_hex(",
    "token_urlsafe(",
    "csrf_token()",
];
/// What may follow the time and leaves it as fine as it is.
static PASSED_ON: [&str; 10] = [
    ".timestamp()",
    ".isoformat()",
    ".microsecond",
    "|int",
    "|round",
    "|string",
    "|float",
    "|urlencode",
    "|e",
    ")",
];

/// Whether the source text of a version, with or without its delimiters, has another value each time; `django` says
/// whether `{% now '…' %}` takes Django's formats.
pub(crate) fn is_volatile(source: &str, django: bool) -> bool {
    let inner = |open: &str, close: &str| {
        Some(source.trim().strip_prefix(open)?.strip_suffix(close)?.trim_matches(['-', '+']))
    };
    if let Some(tag) = inner("{%", "%}") {
        return django && is_volatile_tag(tag.trim());
    }
    let expression: String = inner("{{", "}}").unwrap_or(source).split_whitespace().collect();
    if expression.contains(['{', '}']) {
        return false;
    }
    CHANCE.iter().any(|word| position(&expression, word).is_some()) || is_time(&expression)
}

/// `now "U"`, with or without `as name`.
fn is_volatile_tag(tag: &str) -> bool {
    let format = tag.strip_prefix("now").filter(|rest| rest.starts_with([' ', '\t'])).map(str::trim);
    let format = format.and_then(|rest| rest.split(['"', '\'']).nth(1));
    format.is_some_and(|format| match format {
        "DATETIME_FORMAT" | "SHORT_DATETIME_FORMAT" | "TIME_FORMAT" => true,
        format if format.ends_with("_FORMAT") => false,
        format => has_letter(format, "isuUPfcr"),
    })
}

/// Whether an expression is the time, as fine as a minute.
fn is_time(expression: &str) -> bool {
    let of_string = ["'now'|date(", "\"now\"|date("].iter().find_map(|start| expression.strip_prefix(start));
    if let Some(format) = of_string {
        return has_letter(&argument(format), "isuvUcr");
    }
    let mut rest = expression;
    while let Some(inner) = BEFORE.iter().find_map(|before| rest.strip_prefix(before)) {
        rest = inner;
    }
    CLOCKS.iter().find_map(|clock| rest.strip_prefix(clock)).is_some_and(is_as_fine)
}

/// Whether what follows the time leaves minutes in it.
fn is_as_fine(mut rest: &str) -> bool {
    while !rest.is_empty() {
        if let Some(format) = rest.strip_prefix(".strftime(").or_else(|| rest.strip_prefix("|date(")) {
            let format = argument(format);
            return format
                .split('%')
                .skip(1)
                .any(|after| after.starts_with(['M', 'S', 'f', 's', 'T', 'R', 'X', 'c']))
                || (!format.contains('%') && has_letter(&format, "isuvUcr"));
        }
        let Some(passed) = PASSED_ON.iter().find_map(|word| rest.strip_prefix(word)) else { return false };
        rest = passed;
    }
    true
}

/// The text within the quotes that `rest` begins with.
fn argument(rest: &str) -> String {
    rest.split(['"', '\'']).nth(1).unwrap_or_default().to_owned()
}

/// Whether a format of Django's or PHP's holds one of `letters`, none that a backslash makes text.
fn has_letter(format: &str, letters: &str) -> bool {
    let mut escaped = false;
    format.chars().any(|letter| {
        let is_text = escaped;
        escaped = letter == '\\' && !is_text;
        !is_text && letters.contains(letter)
    })
}

/// Where `word` stands in `text`, not as the end of a longer name.
fn position(text: &str, word: &str) -> Option<usize> {
    let in_name = |at: usize| {
        text[..at].ends_with(|before: char| before.is_ascii_alphanumeric() || before == '_')
            && !word.starts_with('|')
    };
    text.match_indices(word).map(|(at, _)| at).find(|&at| !in_name(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_time_to_the_minute_and_chance_are_volatile() {
        let volatile = [
            "{{ now() }}",
            "{{- now() -}}",
            "{{ now().timestamp() | int }}",
            "{{ now().strftime('%Y%m%d%H%M%S') }}",
            "{{ datetime.utcnow().isoformat() }}",
            "{{ time.time() | round }}",
            "{{ int(time()) }}",
            "{{ range(1, 10000) | random }}",
            "{{ [1, 2] | random }}",
            "{{ uuid4() }}",
            "{{ uuid.uuid4().hex }}",
            "{{ csrf_token() }}",
            "{{ 'now' | date('U') }}",
            "{% now 'U' %}",
            "{% now \"YmdHis\" %}",
            "{% now 'DATETIME_FORMAT' %}",
            "now()",
            "range(9)|random",
        ];
        for expression in volatile {
            assert!(is_volatile(expression, true), "{expression}");
        }
    }

    #[test]
    fn a_day_a_name_and_what_is_not_known_are_not() {
        let table = [
            "{{ version }}",
            "{{ now }}",
            "{{ timestamp }}",
            "{{ config.now() | hash }}",
            "{{ now().date() }}",
            "{{ now().strftime('%Y%m%d') }}",
            "{{ now().year }}",
            "{{ now('utc') }}",
            "{{ cached(now()) }}",
            "{{ mtime() }}",
            "{{ build_time() }}",
            "{{ uuid5(app) }}",
            "{{ randomness }}",
            "{{ 'now' | date('Ymd') }}",
            "{% now 'Ymd' %}",
            "{% now 'Y\\i' %}",
            "{% now 'DATE_FORMAT' %}",
            "{% version 'U' %}",
            "{{ a }}{{ b }}",
            "1",
        ];
        for expression in table {
            assert!(!is_volatile(expression, true), "{expression}");
        }
        assert!(!is_volatile("{% now 'utc', '%M' %}", false));
    }
}
