//! The backend: one line a method, from the editor's message to an event.

use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot};
use tower_lsp::jsonrpc::{Error, Request, Result};
use tower_lsp::ls_types::notification::{Notification as _, Progress};
use tower_lsp::ls_types::{
    CodeAction, CodeActionParams, CodeActionResponse, CodeLens, CodeLensParams, CompletionItem,
    CompletionParams, CompletionResponse, DidChangeConfigurationParams, DidChangeTextDocumentParams,
    DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, DocumentDiagnosticParams,
    DocumentDiagnosticReportResult, DocumentLink, DocumentLinkParams, DocumentSymbolParams,
    DocumentSymbolResponse, ExecuteCommandParams, GotoDefinitionParams, GotoDefinitionResponse, Hover,
    HoverParams, InitializeParams, InitializeResult, InitializedParams, InlayHint, InlayHintParams, Location,
    ReferenceParams, RenameFilesParams, SetTraceParams, WorkDoneProgressCancelParams,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReportResult, WorkspaceEdit,
};
use tower_lsp::{LanguageServer, LspService, LspServiceBuilder};

use super::features::{
    code_action, code_lens, completion, definition, document_link, document_symbol, hover, inlay_hint, pull,
    references, rename_files,
};
use super::session::Event;
use super::session::query::{Needs, Query, Reply, View, Way};
use super::transport::Outbox;
use super::uris;

/// What turns messages into events.
#[derive(Debug)]
pub struct Backend {
    /// Where the session takes events from.
    pub inbox: mpsc::UnboundedSender<Event>,
    /// Where partial results go.
    pub outbox: Outbox,
}

impl<T: Send> Way<T> for oneshot::Sender<Result<T>> {
    fn send(self: Box<Self>, answer: Result<T>) {
        // Who no longer waits has cancelled.
        (*self).send(answer).ok();
    }

    fn is_abandoned(&self) -> bool {
        self.is_closed()
    }
}

/// Adds the methods that the trait does not have.
pub fn with_custom_methods(builder: LspServiceBuilder<Backend>) -> LspServiceBuilder<Backend> {
    builder
        .custom_method("window/workDoneProgress/cancel", Backend::cancel_progress)
        .custom_method("$/setTrace", Backend::set_trace)
}

impl Backend {
    fn tell(&self, event: Event) {
        // Only a session that has ended takes nothing.
        self.inbox.send(event).ok();
    }

    /// Sends an event that is answered, and waits for that.
    async fn request<T: Send + 'static>(&self, event: impl FnOnce(Reply<T>) -> Event) -> Result<T> {
        let (way, answer) = oneshot::channel();
        self.tell(event(Reply::new(way)));
        answer.await.unwrap_or_else(|_| Err(Error::internal_error()))
    }

    async fn ask<T: Send + 'static>(
        &self,
        method: &'static str,
        needs: Needs,
        feature: impl FnOnce(&View) -> T + Send + 'static,
    ) -> Result<T> {
        self.request(|reply| Event::Asked(Query::new(method, needs, reply, feature))).await
    }

    #[expect(clippy::unused_async, reason = "a handler")]
    async fn cancel_progress(&self, params: WorkDoneProgressCancelParams) {
        self.tell(Event::ProgressCancelled(params.token));
    }

    #[expect(clippy::unused_async, reason = "a handler")]
    async fn set_trace(&self, params: SetTraceParams) {
        self.tell(Event::Trace(params.value));
    }

    fn partial_results(&self, params: &WorkspaceDiagnosticParams) -> Option<impl Fn(Value) + Send + use<>> {
        let token = params.partial_result_params.partial_result_token.clone()?;
        let outbox = self.outbox.clone();
        Some(move |value: Value| {
            let params = json!({ "token": token, "value": value });
            outbox.send(Request::build(Progress::METHOD).params(params).finish());
        })
    }
}

impl LanguageServer for Backend {
    async fn initialize(&self, params: InitializeParams) -> Result<InitializeResult> {
        self.request(|reply| Event::Initialize(Box::new(params), reply)).await
    }

    async fn initialized(&self, _: InitializedParams) {
        self.tell(Event::Initialized);
    }

    async fn shutdown(&self) -> Result<()> {
        self.tell(Event::Shutdown);
        Ok(())
    }

    async fn did_open(&self, params: DidOpenTextDocumentParams) {
        self.tell(Event::Opened(params.text_document));
    }

    async fn did_change(&self, params: DidChangeTextDocumentParams) {
        self.tell(Event::Changed(params));
    }

    async fn did_save(&self, params: DidSaveTextDocumentParams) {
        self.tell(Event::Saved(params.text_document.uri));
    }

    async fn did_close(&self, params: DidCloseTextDocumentParams) {
        self.tell(Event::Closed(params.text_document.uri));
    }

    async fn did_change_configuration(&self, params: DidChangeConfigurationParams) {
        self.tell(Event::SettingsChanged(params.settings));
    }

    async fn did_change_workspace_folders(&self, params: DidChangeWorkspaceFoldersParams) {
        self.tell(Event::FoldersChanged(params.event));
    }

    async fn did_change_watched_files(&self, params: DidChangeWatchedFilesParams) {
        let paths = params.changes.iter().filter_map(|change| uris::path_of(&change.uri));
        self.tell(Event::FilesChanged(paths.collect()));
    }

    async fn will_rename_files(&self, params: RenameFilesParams) -> Result<Option<WorkspaceEdit>> {
        let feature = move |view: &View| rename_files::will_rename(view, &params);
        self.ask("workspace/willRenameFiles", Needs::Workspace, feature).await
    }

    async fn did_rename_files(&self, params: RenameFilesParams) {
        let paths = rename_files::renames(&params).flat_map(|(from, to)| [from, to]);
        self.tell(Event::FilesChanged(paths.collect()));
    }

    async fn diagnostic(&self, params: DocumentDiagnosticParams) -> Result<DocumentDiagnosticReportResult> {
        let needs = Needs::Checked(params.text_document.uri.clone());
        let report =
            self.ask("textDocument/diagnostic", needs, move |view| pull::document(view, &params)).await?;
        Ok(report.answer(|items| self.outbox.enclose(items)))
    }

    async fn workspace_diagnostic(
        &self,
        params: WorkspaceDiagnosticParams,
    ) -> Result<WorkspaceDiagnosticReportResult> {
        let tell = self.partial_results(&params);
        let feature =
            move |view: &View| pull::workspace(view, &params, tell.as_ref().map(|it| it as &dyn Fn(Value)));
        self.ask("workspace/diagnostic", Needs::Workspace, feature).await
    }

    async fn code_action(&self, params: CodeActionParams) -> Result<Option<CodeActionResponse>> {
        let needs = Needs::Checked(params.text_document.uri.clone());
        self.ask("textDocument/codeAction", needs, move |view| code_action::code_actions(view, &params)).await
    }

    async fn code_action_resolve(&self, action: CodeAction) -> Result<CodeAction> {
        self.ask("codeAction/resolve", Needs::Settled, move |view| code_action::resolve(view, action)).await
    }

    async fn hover(&self, params: HoverParams) -> Result<Option<Hover>> {
        let needs = Needs::Checked(params.text_document_position_params.text_document.uri.clone());
        self.ask("textDocument/hover", needs, move |view| hover::hover(view, &params)).await
    }

    async fn document_link(&self, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>> {
        let needs = Needs::Checked(params.text_document.uri);
        self.ask("textDocument/documentLink", needs, document_link::document_links).await
    }

    async fn goto_definition(&self, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>> {
        let needs = Needs::Checked(params.text_document_position_params.text_document.uri.clone());
        self.ask("textDocument/definition", needs, move |view| definition::definition(view, &params)).await
    }

    async fn references(&self, params: ReferenceParams) -> Result<Option<Vec<Location>>> {
        let needs = Needs::Checked(params.text_document_position.text_document.uri.clone());
        self.ask("textDocument/references", needs, move |view| references::references(view, &params)).await
    }

    async fn completion(&self, params: CompletionParams) -> Result<Option<CompletionResponse>> {
        let needs = Needs::Text(params.text_document_position.text_document.uri.clone());
        self.ask("textDocument/completion", needs, move |view| completion::completion(view, &params)).await
    }

    async fn completion_resolve(&self, item: CompletionItem) -> Result<CompletionItem> {
        self.ask("completionItem/resolve", Needs::Nothing, move |view| completion::resolve(view, item)).await
    }

    async fn inlay_hint(&self, params: InlayHintParams) -> Result<Option<Vec<InlayHint>>> {
        let needs = Needs::Checked(params.text_document.uri.clone());
        self.ask("textDocument/inlayHint", needs, move |view| inlay_hint::inlay_hints(view, &params)).await
    }

    async fn document_symbol(&self, params: DocumentSymbolParams) -> Result<Option<DocumentSymbolResponse>> {
        let needs = Needs::Checked(params.text_document.uri);
        self.ask("textDocument/documentSymbol", needs, document_symbol::document_symbols).await
    }

    async fn code_lens(&self, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>> {
        let needs = Needs::Checked(params.text_document.uri);
        self.ask("textDocument/codeLens", needs, code_lens::code_lenses).await
    }

    async fn execute_command(&self, params: ExecuteCommandParams) -> Result<Option<Value>> {
        self.request(|reply| Event::Execute(params, reply)).await
    }
}

/// A service whose session takes events from `inbox`'s other end.
pub fn service(
    inbox: mpsc::UnboundedSender<Event>,
    outbox: Outbox,
) -> (LspService<Backend>, tower_lsp::ClientSocket, tower_lsp::Client) {
    let mut client = None;
    let builder = LspService::build(|it| {
        client = Some(it);
        Backend { inbox, outbox }
    });
    let (service, socket) = with_custom_methods(builder).finish();
    let client = client.unwrap_or_else(|| unreachable!("the service is built with its client"));
    (service, socket, client)
}
