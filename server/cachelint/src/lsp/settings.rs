//! The editor's settings, `cachelint.*`: what is right is taken, what is wrong is named once.

use cachelint_project::config::Base;
use serde_json::Value;

/// What can be set in an editor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// `workspaceDiagnostics`: findings of sources that are not open. `None`: where a configuration exists.
    pub workspace_diagnostics: Option<bool>,
    /// `updateOnAssetSave`.
    pub update_on_asset_save: UpdateOnSave,
    /// `inlayHints`: the current version behind each reference.
    pub inlay_hints: bool,
    /// `codeLens`: counts above templates and assets.
    pub code_lens: bool,
    /// `imagePreview`: small images in hovers. `None`: where the hover is Markdown.
    pub image_preview: Option<bool>,
    /// `levels`, `strategy`, `staticRoots` and `templates`: what holds where the project's configuration says nothing.
    pub base: Base,
}

/// What saving an asset does to the templates that name it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UpdateOnSave {
    /// Nothing.
    #[default]
    Never,
    /// A question.
    Ask,
    /// They are updated.
    Always,
}

impl Settings {
    /// Reads settings (`{"cachelint": {…}}`, or what is within) over what is in force; wrong values leave that as it is.
    /// Answers with what is wrong, one sentence each.
    pub fn read(&self, value: &Value) -> (Self, Vec<String>) {
        let value = value.get("cachelint").unwrap_or(value);
        let Value::Object(fields) = value else {
            let wrong = (!value.is_null()).then(|| format!("cachelint: {value} is no object of settings"));
            return (self.clone(), wrong.into_iter().collect());
        };
        let mut settings = self.clone();
        let wrong = fields.iter().flat_map(|(key, value)| settings.set(key, value));
        let wrong = wrong.collect();
        (settings, wrong)
    }

    fn set(&mut self, key: &str, value: &Value) -> Vec<String> {
        match key {
            "levels" => self.base.set("levels", "cachelint.levels", value),
            "strategy" => self.base.set("strategy", "cachelint.strategy", value),
            "staticRoots" => self.base.set("static-roots", "cachelint.staticRoots", value),
            "templates" => self.base.set("templates", "cachelint.templates", value),
            _ => self.set_own(key, value).err().into_iter().collect(),
        }
    }

    fn set_own(&mut self, key: &str, value: &Value) -> Result<(), String> {
        match key {
            "workspaceDiagnostics" => self.workspace_diagnostics = tristate(key, value)?,
            "imagePreview" => self.image_preview = tristate(key, value)?,
            "inlayHints" => self.inlay_hints = tristate(key, value)?.unwrap_or_default(),
            "codeLens" => self.code_lens = tristate(key, value)?.unwrap_or_default(),
            "updateOnAssetSave" => self.update_on_asset_save = update_on_save(key, value)?,
            // Settings of the extension itself, which editors send along.
            "trace" | "path" | "server" | "enable" | "log" | "arguments" => {}
            _ => return Err(format!("cachelint.{key} is no setting")),
        }
        Ok(())
    }
}

fn tristate(key: &str, value: &Value) -> Result<Option<bool>, String> {
    match value {
        Value::Null => Ok(None),
        Value::Bool(value) => Ok(Some(*value)),
        other => Err(format!("cachelint.{key}: {other} is not true or false")),
    }
}

fn update_on_save(key: &str, value: &Value) -> Result<UpdateOnSave, String> {
    match value.as_str() {
        None if value.is_null() => Ok(UpdateOnSave::Never),
        Some("never") => Ok(UpdateOnSave::Never),
        Some("ask") => Ok(UpdateOnSave::Ask),
        Some("always") => Ok(UpdateOnSave::Always),
        _ => Err(format!("cachelint.{key}: {value} is none of \"never\", \"ask\", \"always\"")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn right_values_are_taken_beside_wrong_ones() {
        let value = json!({"cachelint": {
            "inlayHints": true, "codeLens": "yes", "updateOnAssetSave": "ask", "workspaceDiagnostics": null, "hints": 1
        }});
        let (settings, wrong) = Settings::default().read(&value);
        let expected =
            Settings { inlay_hints: true, update_on_asset_save: UpdateOnSave::Ask, ..Settings::default() };
        assert_eq!(settings, expected);
        assert_eq!(
            wrong,
            ["cachelint.codeLens: \"yes\" is not true or false", "cachelint.hints is no setting"]
        );
    }

    #[test]
    fn what_the_configuration_can_say_is_set_under_the_names_of_settings() {
        let value = json!({
            "levels": {"stale-version": "off"}, "strategy": "query", "staticRoots": {"static": "."}, "templates": "a",
        });
        let (settings, wrong) = Settings::default().read(&value);
        let mut base = Base::default();
        base.set("levels", "", &json!({"stale-version": "off"}));
        base.set("strategy", "", &json!("query"));
        assert_eq!(settings, Settings { base, ..Settings::default() });
        assert_eq!(
            wrong,
            [
                "cachelint.staticRoots.static: `static` is no URL prefix; one begins with / or https://",
                "cachelint.templates: must be a list, not string \"a\"",
            ]
        );
    }

    #[test]
    fn what_is_no_settings_changes_nothing() {
        let set = Settings { code_lens: true, ..Settings::default() };
        assert_eq!(set.read(&Value::Null), (set.clone(), vec![]));
        assert_eq!(
            set.read(&json!([1])),
            (set.clone(), vec!["cachelint: [1] is no object of settings".to_owned()])
        );
    }
}
