// The live notice beside the text: a click on a clause leads to its place, the cursor to its clause.

const vscode = require("vscode");
const places = require("./places");

// How long typing must rest before the notice is asked for anew, in milliseconds.
const REST = 300;

function register(context, client) {
  let panel;
  let clauses = [];
  let waiting;

  async function refresh() {
    const editor = places.current();
    if (!panel || !editor) return;
    const uri = editor.document.uri.toString();
    const told = await client.sendRequest("kupuya/notice", { textDocument: { uri } });
    if (!panel || !told) return;
    clauses = told.clauses;
    panel.title = told.title;
    panel.webview.html = withScript(told.text);
  }

  function soon() {
    clearTimeout(waiting);
    waiting = setTimeout(refresh, REST);
  }

  function show() {
    if (panel) {
      panel.reveal(undefined, true);
      return refresh();
    }
    panel = vscode.window.createWebviewPanel(
      "kupuya.notice",
      "Kupuya",
      { viewColumn: vscode.ViewColumn.Beside, preserveFocus: true },
      { enableScripts: true, enableFindWidget: true, retainContextWhenHidden: true },
    );
    panel.onDidDispose(() => (panel = undefined), undefined, context.subscriptions);
    panel.webview.onDidReceiveMessage((units) => {
      const clause = clauses.find((clause) => units.includes(clause.id) && clause.location);
      if (clause) places.open(clause.location);
    });
    return refresh();
  }

  // The clause that the line of the cursor becomes.
  function follow(event) {
    if (!panel || event.textEditor.document.languageId !== "kupuya") return;
    const uri = event.textEditor.document.uri.toString();
    const line = event.selections[0].active.line;
    const here = clauses.filter(
      ({ location }) => location?.uri === uri && location.range.start.line <= line && line <= location.range.end.line,
    );
    panel.webview.postMessage(here.map((clause) => clause.id));
  }

  context.subscriptions.push(
    vscode.commands.registerCommand("kupuya.showNotice", show),
    vscode.workspace.onDidChangeTextDocument((event) => event.document.languageId === "kupuya" && soon()),
    vscode.window.onDidChangeActiveTextEditor(soon),
    vscode.window.onDidChangeTextEditorSelection(follow),
  );
}

// The page as it is published, with what joins it to the text.
function withScript(page) {
  const script = `<style>.kupuya-here { outline: 2px solid currentColor; outline-offset: 4px; }</style>
<script>
  const editor = acquireVsCodeApi();
  const units = (element) => element.dataset.unit.split(" ");
  addEventListener("click", (event) => {
    const clause = event.target.closest("[data-unit]");
    if (clause && !event.target.closest("a")) editor.postMessage(units(clause));
  });
  addEventListener("message", ({ data }) => {
    document.querySelectorAll(".kupuya-here").forEach((old) => old.classList.remove("kupuya-here"));
    const here = [...document.querySelectorAll("[data-unit]")].filter((one) => units(one).some((unit) => data.includes(unit)));
    here.forEach((one) => one.classList.add("kupuya-here"));
    here[0]?.scrollIntoView({ block: "nearest" });
  });
</script>`;
  return page.replace("</body>", `${script}</body>`);
}

module.exports = { register };
