// Places as the server tells them, in the editor's terms.

const vscode = require("vscode");

function range(told) {
  return new vscode.Range(told.start.line, told.start.character, told.end.line, told.end.character);
}

// Shows a place in the column of the text, not in that of a view.
async function open(location) {
  const uri = vscode.Uri.parse(location.uri);
  const shown = vscode.window.visibleTextEditors.find((editor) => editor.document.uri.toString() === uri.toString());
  const editor = await vscode.window.showTextDocument(uri, {
    viewColumn: shown?.viewColumn ?? vscode.ViewColumn.One,
    preserveFocus: false,
  });
  const at = range(location.range);
  editor.selection = new vscode.Selection(at.start, at.end);
  editor.revealRange(at, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
}

// The policy that is being written: the active text, or the last one that was.
let last;
function current() {
  const active = vscode.window.activeTextEditor;
  if (active?.document.languageId === "kupuya") {
    last = active;
  }
  return last;
}

module.exports = { current, open, range };
