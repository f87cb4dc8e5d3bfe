// Questions from the editor: may this be done, and what does a finding mean.

const vscode = require("vscode");
const places = require("./places");

function register(context, client) {
  let asked = "use phone about user for payments given agreed";

  async function decide() {
    const editor = places.current();
    if (!editor) return;
    const request = await vscode.window.showInputBox({ prompt: "May this be done?", value: asked });
    if (!request) return;
    asked = request;
    const textDocument = { uri: editor.document.uri.toString() };
    const told = await client.sendRequest("kupuya/decide", { textDocument, request });
    if (!told) return;
    if (told.decision === undefined) {
      vscode.window.showErrorMessage(told.problems.join("\n"));
      return;
    }
    await show(`# ${request}\n\n${told.text}`);
  }

  async function explain() {
    const editor = places.current();
    const here = editor
      ? vscode.languages
          .getDiagnostics(editor.document.uri)
          .filter((one) => one.range.contains(editor.selection.active))
          .map((one) => (typeof one.code === "object" ? one.code.value : one.code))
      : [];
    const code = await vscode.window.showInputBox({ prompt: "The code of a finding", value: here[0] });
    if (!code) return;
    const language = vscode.workspace.getConfiguration("kupuya").get("language");
    const told = await client.sendRequest("kupuya/explain", { code, language });
    if (told) {
      await show(told.page);
    } else {
      vscode.window.showErrorMessage(`There is no finding \`${code}\`.`);
    }
  }

  context.subscriptions.push(
    vscode.commands.registerCommand("kupuya.decide", decide),
    vscode.commands.registerCommand("kupuya.explain", explain),
  );
}

async function show(content) {
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Beside, preview: true });
}

module.exports = { register };
