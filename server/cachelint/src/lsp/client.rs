//! What the editor can do: asked before anything of it is used.

use tower_lsp::ls_types::{
    ClientCapabilities, MarkupKind, ResourceOperationKind, TextDocumentClientCapabilities,
    WindowClientCapabilities, WorkspaceClientCapabilities,
};

/// The abilities of an editor that matter here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is an ability of its own in the protocol")]
pub struct Client {
    /// It pulls the diagnostics of open documents, and again when asked to; one that can't be asked (Neovim 0.11) would
    /// not see what a changed asset makes stale, so it is pushed to where it takes that.
    pub pulls: bool,
    /// It pulls again when asked to.
    pub refreshes_diagnostics: bool,
    /// It takes diagnostics that are pushed.
    pub takes_diagnostics: bool,
    /// Diagnostics may name related places.
    pub related_information: bool,
    /// Diagnostics may have tags.
    pub diagnostic_tags: bool,
    /// Edits may name the version of the document they are for.
    pub document_changes: bool,
    /// Edits may create files.
    pub creates_files: bool,
    /// It applies edits when asked to.
    pub applies_edits: bool,
    /// Code actions may be more than commands.
    pub action_literals: bool,
    /// It knows preferred actions.
    pub preferred_actions: bool,
    /// It asks for the edit of an action only when that is chosen.
    pub resolves_edits: bool,
    /// Hovers may be Markdown.
    pub markdown_hover: bool,
    /// The documentation of completion items may be Markdown.
    pub markdown_completion: bool,
    /// Definitions may tell where they come from.
    pub definition_links: bool,
    /// Document links may have a tooltip.
    pub link_tooltips: bool,
    /// Document symbols may have a range beside their name's.
    pub symbol_trees: bool,
    /// It watches files when asked to.
    pub watches: bool,
    /// It watches below a folder.
    pub relative_patterns: bool,
    /// It answers questions about its settings.
    pub has_configuration: bool,
    /// It tells of changed settings when asked to.
    pub registers_configuration: bool,
    /// It tells of folders that come and go.
    pub has_folders: bool,
    /// It shows progress.
    pub progress: bool,
    /// It shows documents when asked to.
    pub shows_documents: bool,
    /// It asks again for inlay hints when told to.
    pub refreshes_hints: bool,
    /// It asks again for code lenses when told to.
    pub refreshes_lenses: bool,
    /// It tells before files are renamed.
    pub will_rename: bool,
    /// It tells after files were renamed.
    pub did_rename: bool,
}

impl Client {
    /// Reads what an editor says of itself.
    pub fn of(capabilities: &ClientCapabilities) -> Self {
        let mut client = Self::default();
        if let Some(document) = &capabilities.text_document {
            client.read_document(document);
        }
        if let Some(workspace) = &capabilities.workspace {
            client.read_workspace(workspace);
        }
        if let Some(window) = &capabilities.window {
            client.read_window(window);
        }
        client.pulls &= client.refreshes_diagnostics || !client.takes_diagnostics;
        client
    }

    fn read_document(&mut self, document: &TextDocumentClientCapabilities) {
        self.pulls = document.diagnostic.is_some();
        self.takes_diagnostics = document.publish_diagnostics.is_some();
        if let Some(publish) = &document.publish_diagnostics {
            self.related_information = is(publish.related_information);
            self.diagnostic_tags = publish.tag_support.is_some();
        }
        if let Some(pull) = &document.diagnostic {
            self.related_information |= is(pull.related_information);
            self.diagnostic_tags |= pull.tag_support.is_some();
        }
        if let Some(action) = &document.code_action {
            self.action_literals = action.code_action_literal_support.is_some();
            self.preferred_actions = is(action.is_preferred_support);
            let resolved = action.resolve_support.iter().flat_map(|support| &support.properties);
            self.resolves_edits = is(action.data_support) && resolved.into_iter().any(|name| name == "edit");
        }
        let hover = document.hover.as_ref().and_then(|hover| hover.content_format.as_deref());
        self.markdown_hover = first_is_markdown(hover);
        let item = document.completion.as_ref().and_then(|completion| completion.completion_item.as_ref());
        self.markdown_completion =
            first_is_markdown(item.and_then(|item| item.documentation_format.as_deref()));
        self.definition_links = document.definition.is_some_and(|definition| is(definition.link_support));
        self.link_tooltips = document.document_link.as_ref().is_some_and(|link| is(link.tooltip_support));
        let symbols = document.document_symbol.as_ref();
        self.symbol_trees = symbols.is_some_and(|symbol| is(symbol.hierarchical_document_symbol_support));
    }

    fn read_workspace(&mut self, workspace: &WorkspaceClientCapabilities) {
        self.refreshes_diagnostics = workspace.diagnostics.as_ref().is_some_and(|it| is(it.refresh_support));
        self.refreshes_hints = workspace.inlay_hint.as_ref().is_some_and(|it| is(it.refresh_support));
        self.refreshes_lenses = workspace.code_lens.as_ref().is_some_and(|it| is(it.refresh_support));
        self.applies_edits = is(workspace.apply_edit);
        self.has_configuration = is(workspace.configuration);
        self.has_folders = is(workspace.workspace_folders);
        let configuration = workspace.did_change_configuration.as_ref();
        self.registers_configuration = configuration.is_some_and(|it| is(it.dynamic_registration));
        if let Some(edit) = &workspace.workspace_edit {
            self.document_changes = is(edit.document_changes);
            let kinds = edit.resource_operations.as_deref().unwrap_or_default();
            self.creates_files = self.document_changes && kinds.contains(&ResourceOperationKind::Create);
        }
        if let Some(watch) = &workspace.did_change_watched_files {
            self.watches = is(watch.dynamic_registration);
            self.relative_patterns = is(watch.relative_pattern_support);
        }
        if let Some(files) = &workspace.file_operations {
            self.will_rename = is(files.will_rename);
            self.did_rename = is(files.did_rename);
        }
    }

    fn read_window(&mut self, window: &WindowClientCapabilities) {
        self.progress = is(window.work_done_progress);
        self.shows_documents = window.show_document.as_ref().is_some_and(|show| show.support);
    }
}

fn is(ability: Option<bool>) -> bool {
    ability == Some(true)
}

/// The format that the editor names first is the one it likes best.
fn first_is_markdown(formats: Option<&[MarkupKind]>) -> bool {
    formats.is_some_and(|formats| formats.first() == Some(&MarkupKind::Markdown))
}
