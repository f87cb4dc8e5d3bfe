// Scenarios in the view of tests, and behind the lenses above them.

const vscode = require("vscode");
const places = require("./places");

const HEADER = /^\s*scenario\s+"((?:[^"\\]|\\.)*)"/;

function register(context, client) {
  const controller = vscode.tests.createTestController("kupuya", "Kupuya");

  function read(document) {
    if (document.languageId !== "kupuya") return;
    const file = document.uri.toString();
    const items = [];
    for (let line = 0; line < document.lineCount; line++) {
      const found = HEADER.exec(document.lineAt(line).text);
      if (found) {
        const label = found[1].replace(/\\(.)/g, "$1");
        const item = controller.createTestItem(`${file}#${label}`, label, document.uri);
        item.range = document.lineAt(line).range;
        items.push(item);
      }
    }
    const parent = controller.items.get(file) ?? controller.createTestItem(file, vscode.workspace.asRelativePath(document.uri), document.uri);
    parent.children.replace(items);
    if (items.length > 0) controller.items.add(parent);
    else controller.items.delete(file);
  }

  async function run(request, cancelled) {
    const run = controller.createTestRun(request);
    const wanted = [];
    const add = (item) => (item.children.size > 0 ? item.children.forEach(add) : wanted.push(item));
    if (request.include) request.include.forEach(add);
    else controller.items.forEach(add);
    for (const item of wanted) {
      if (cancelled.isCancellationRequested) break;
      run.started(item);
      try {
        const told = await ask(item.uri.toString(), item.label);
        if (told.failed.length === 0) run.passed(item);
        else run.failed(item, told.failed.map(message));
      } catch (error) {
        run.errored(item, new vscode.TestMessage(error.message));
      }
    }
    run.end();
  }

  const ask = (uri, label) => client.sendRequest("workspace/executeCommand", { command: "kupuya.runScenario", arguments: [uri, label] });

  function message(failed) {
    const told = new vscode.TestMessage(`${failed.line}\nexpected: ${failed.expected}\n${failed.answer}`);
    if (failed.location) {
      told.location = new vscode.Location(vscode.Uri.parse(failed.location.uri), places.range(failed.location.range));
    }
    return told;
  }

  controller.createRunProfile("Run", vscode.TestRunProfileKind.Run, run, true);
  vscode.workspace.textDocuments.forEach(read);
  context.subscriptions.push(
    controller,
    vscode.workspace.onDidOpenTextDocument(read),
    vscode.workspace.onDidChangeTextDocument((event) => read(event.document)),
  );
}

module.exports = { register };
