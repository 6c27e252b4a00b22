//! Edits to a configuration's text that keep its comments and layout.

use toml_edit::{Array, DocumentMut, Item, Table, TomlError, Value};

/// The text of a configuration with the asset of that `name` (below its static root) added to `ignore-assets`.
/// `shared` says whether the text is that of a `pyproject.toml`. `None` where a value stands in the way.
///
/// # Errors
/// The text is no TOML.
pub fn ignore_asset(text: &str, shared: bool, name: &str) -> Result<Option<String>, TomlError> {
    let mut document: DocumentMut = text.parse()?;
    let Some(table) = own_table(document.as_table_mut(), shared) else { return Ok(None) };
    let list = table.entry("ignore-assets").or_insert_with(|| Item::Value(Value::Array(Array::new())));
    let Some(list) = list.as_array_mut() else { return Ok(None) };
    push(list, &glob(name));
    Ok(Some(document.to_string()))
}

fn own_table(document: &mut Table, shared: bool) -> Option<&mut dyn toml_edit::TableLike> {
    if !shared {
        return Some(document);
    }
    let tool = document.entry("tool").or_insert_with(implicit).as_table_like_mut()?;
    tool.entry("cachelint").or_insert_with(|| Item::Table(Table::new())).as_table_like_mut()
}

fn implicit() -> Item {
    let mut table = Table::new();
    table.set_implicit(true);
    Item::Table(table)
}

/// Adds an element as the others are set apart: on a line of its own where the last one has one.
fn push(list: &mut Array, glob: &str) {
    let last = list.iter().last().and_then(|last| last.decor().prefix()).and_then(|prefix| prefix.as_str());
    let Some((_, indent)) = last.and_then(|prefix| prefix.rsplit_once('\n')) else { return list.push(glob) };
    let indent = indent.to_owned();
    let behind = take_behind_last(list);
    let (comment, end) = behind.rsplit_once('\n').unwrap_or((&behind, ""));
    list.push_formatted(Value::from(glob).decorated(format!("{comment}\n{indent}"), ""));
    list.set_trailing(format!("\n{end}"));
    list.set_trailing_comma(true);
}

/// What stands between the last element and the closing bracket, taken out: a comment, a line end.
fn take_behind_last(list: &mut Array) -> String {
    let trailing = list.trailing().as_str().unwrap_or_default().to_owned();
    let number = list.len().saturating_sub(1);
    let Some(last) = list.get_mut(number).filter(|_| trailing.is_empty()) else { return trailing };
    let suffix = last.decor().suffix().and_then(|suffix| suffix.as_str()).unwrap_or_default().to_owned();
    last.decor_mut().set_suffix("");
    suffix
}

/// The glob that matches that name alone; one without `/` would match in any folder.
fn glob(name: &str) -> String {
    let escaped = globset::escape(name);
    if name.contains('/') { escaped } else { format!("/{escaped}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_asset_is_added_and_all_else_is_kept() {
        let check = |before: &str, shared: bool, name: &str, after: &str| {
            assert_eq!(ignore_asset(before, shared, name).unwrap().unwrap(), after);
        };
        check("", false, "css/a.css", "ignore-assets = [\"css/a.css\"]\n");
        check(
            "# ours\nignore-assets = [\"b.js\"] # old\n\n[levels]\n",
            false,
            "a[1].css",
            "# ours\nignore-assets = [\"b.js\", \"/a[[]1[]].css\"] # old\n\n[levels]\n",
        );
        check(
            "ignore-assets = [\n    \"b.js\", # kept\n]\n",
            false,
            "c/d.js",
            "ignore-assets = [\n    \"b.js\", # kept\n    \"c/d.js\",\n]\n",
        );
        check(
            "ignore-assets = [\n  'b.js' # kept\n]\n",
            false,
            "c/d.js",
            "ignore-assets = [\n  'b.js', # kept\n  \"c/d.js\",\n]\n",
        );
        check(
            "[version]\nlength = 10\n",
            false,
            "css/a.css",
            "ignore-assets = [\"css/a.css\"]\n[version]\nlength = 10\n",
        );
        check(
            "[project]\nname = 'x'\n",
            true,
            "css/a.css",
            "[project]\nname = 'x'\n\n[tool.cachelint]\nignore-assets = [\"css/a.css\"]\n",
        );
        check(
            "[tool.cachelint]\nexempt = []\n\n[tool.ruff]\n",
            true,
            "css/a.css",
            "[tool.cachelint]\nexempt = []\nignore-assets = [\"css/a.css\"]\n\n[tool.ruff]\n",
        );
    }

    #[test]
    fn what_is_no_list_stays() {
        assert_eq!(ignore_asset("ignore-assets = 1\n", false, "a.css").unwrap(), None);
        assert!(ignore_asset("=", false, "a.css").is_err());
    }
}
