"""The server with the capabilities that real editors send: each answer is read by the protocol's own types, and anything
that an editor has not said it can take is an error.

Usage: KUPUYA_LSP=program pytest test_clients.py
"""

import os
import pathlib
import shutil

import pytest
import pytest_lsp
from lsprotocol import types as lsp

PROGRAM = os.environ["KUPUYA_LSP"]
EXAMPLE = pathlib.Path(__file__).parents[3] / "examples" / "megapay"
EDITORS = ["visual-studio-code@1.65.2", "neovim@0.11.0", "emacs@29.1"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A copy of a real policy, which tests may change."""
    copy = tmp_path_factory.mktemp("саясат") / "megapay"
    shutil.copytree(EXAMPLE, copy)
    return copy


def editor():
    """A client that grants what editors grant."""
    client = pytest_lsp.make_test_lsp_client()

    @client.feature(lsp.CLIENT_REGISTER_CAPABILITY)
    def register(params: lsp.RegistrationParams):
        assert params.registrations

    return client


@pytest_lsp.fixture(
    params=EDITORS,
    config=pytest_lsp.ClientServerConfig(server_command=[PROGRAM], client_factory=editor),
)
async def client(lsp_client: pytest_lsp.LanguageClient, request, folder):
    told = lsp.InitializeParams(
        capabilities=pytest_lsp.client_capabilities(request.param),
        workspace_folders=[lsp.WorkspaceFolder(uri=folder.as_uri(), name="megapay")],
    )
    await lsp_client.initialize_session(told)
    yield
    await lsp_client.shutdown_session()


class Policy:
    """One open file of the policy."""

    def __init__(self, client, path, text=None):
        self.client = client
        self.uri = path.as_uri()
        self.text = path.read_text() if text is None else text
        self.id = lsp.TextDocumentIdentifier(uri=self.uri)
        client.text_document_did_open(
            lsp.DidOpenTextDocumentParams(
                lsp.TextDocumentItem(uri=self.uri, language_id="kupuya", version=1, text=self.text)
            )
        )

    def place(self, mark, into=0):
        """The position of a mark, in the units that were agreed on; the marks stand behind ASCII letters only."""
        at = self.text.index(mark)
        before = self.text[:at]
        assert before.rpartition("\n")[2].isascii()
        return lsp.Position(before.count("\n"), at - before.rfind("\n") - 1 + into)

    def at(self, mark, into=0):
        return {"text_document": self.id, "position": self.place(mark, into)}


@pytest.fixture
def policy(client, folder):
    opened = Policy(client, folder / "data.kup")
    yield opened
    client.text_document_did_close(lsp.DidCloseTextDocumentParams(opened.id))


async def test_findings(client, folder):
    path = folder / "data.kup"
    opened = Policy(client, path, path.read_text() + "\npurpose shopping \"сатып алуу\" is no_such_thing\n")
    if client.capabilities.text_document.diagnostic:
        told = await client.text_document_diagnostic_async(lsp.DocumentDiagnosticParams(opened.id))
        found = told.items
    else:
        await client.wait_for_notification(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        found = client.diagnostics[opened.uri]
    assert "unknown_name" in [one.code for one in found]


async def test_hover_leads_to_places(client, policy):
    at = policy.at("data identity", 6)
    hover = await client.text_document_hover_async(lsp.HoverParams(**at))
    assert "identity" in hover.contents.value
    for ask, params in [
        (client.text_document_definition_async, lsp.DefinitionParams(**at)),
        (client.text_document_declaration_async, lsp.DeclarationParams(**at)),
        (client.text_document_implementation_async, lsp.ImplementationParams(**at)),
        (client.text_document_document_highlight_async, lsp.DocumentHighlightParams(**at)),
        (
            client.text_document_references_async,
            lsp.ReferenceParams(**at, context=lsp.ReferenceContext(include_declaration=True)),
        ),
    ]:
        assert await ask(params), params


async def test_completion(client, policy):
    at = policy.at("data identity", 0)
    told = await client.text_document_completion_async(lsp.CompletionParams(**at))
    labels = [item.label for item in told.items]
    assert "purpose" in labels
    item = told.items[0]
    assert (await client.completion_item_resolve_async(item)).label == item.label


async def test_rename_and_edits(client, policy):
    at = policy.at("data identity", 6)
    assert await client.text_document_prepare_rename_async(lsp.PrepareRenameParams(**at))
    edit = await client.text_document_rename_async(lsp.RenameParams(**at, new_name="person"))
    assert len(edit.changes) > 1
    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(policy.text.count("\n"), 0))
    await client.text_document_code_action_async(
        lsp.CodeActionParams(policy.id, whole, lsp.CodeActionContext(diagnostics=[]))
    )
    options = lsp.FormattingOptions(tab_size=4, insert_spaces=True)
    assert not await client.text_document_formatting_async(lsp.DocumentFormattingParams(policy.id, options))


async def test_shapes(client, policy):
    whole = lsp.Range(lsp.Position(0, 0), lsp.Position(policy.text.count("\n"), 0))
    assert await client.text_document_document_symbol_async(lsp.DocumentSymbolParams(policy.id))
    assert await client.text_document_folding_range_async(lsp.FoldingRangeParams(policy.id))
    assert await client.text_document_code_lens_async(lsp.CodeLensParams(policy.id))
    assert await client.text_document_inlay_hint_async(lsp.InlayHintParams(policy.id, whole)) is not None
    tokens = await client.text_document_semantic_tokens_full_async(lsp.SemanticTokensParams(policy.id))
    assert len(tokens.data) % 5 == 0 and tokens.data
    assert await client.workspace_symbol_async(lsp.WorkspaceSymbolParams("паспорт"))


async def test_the_way_of_the_data(client, policy):
    items = await client.text_document_prepare_call_hierarchy_async(
        lsp.CallHierarchyPrepareParams(**policy.at("data identity", 6))
    )
    assert items
    assert await client.call_hierarchy_outgoing_calls_async(lsp.CallHierarchyOutgoingCallsParams(items[0])) is not None
