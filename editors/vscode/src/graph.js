// The flow graph around a name: columns from where the data come to where they go.

const vscode = require("vscode");
const places = require("./places");

// Kinds from left to right.
const COLUMNS = [["source", "subject"], ["data"], ["purpose"], ["basis"], ["recipient", "controller"], ["country"]];

function register(context, client) {
  async function show() {
    const editor = places.current();
    if (!editor) return;
    const position = editor.selection.active;
    const told = await client.sendRequest("kupuya/graph", {
      textDocument: { uri: editor.document.uri.toString() },
      position: { line: position.line, character: position.character },
      depth: 1,
    });
    if (!told) {
      vscode.window.showInformationMessage("No name stands at the cursor.");
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      "kupuya.graph",
      told.nodes[0].label ?? told.nodes[0].name,
      vscode.ViewColumn.Beside,
      { enableScripts: true },
    );
    panel.webview.onDidReceiveMessage((node) => places.open(told.nodes[node].location));
    panel.webview.html = page(told);
  }
  context.subscriptions.push(vscode.commands.registerCommand("kupuya.showGraph", show));
}

function escaped(text) {
  const signs = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return text.replace(/[&<>"]/g, (sign) => signs[sign]);
}

// Nodes are buttons in columns, so that any width and any length of label is read whole; lines are drawn behind them.
function page({ nodes, edges }) {
  const columnOf = (kind) => COLUMNS.findIndex((kinds) => kinds.includes(kind));
  const columns = COLUMNS.map((_, place) => nodes.map((node, at) => ({ ...node, at })).filter(({ kind }) => columnOf(kind) === place));
  const button = ({ at, name, label, kind }) =>
    `<button data-node="${at}" class="${at === 0 ? "asked" : ""}"><small>${kind}</small> ${escaped(label ?? name)}<code>${escaped(name)}</code></button>`;
  const drawn = columns.filter((column) => column.length > 0).map((column) => `<div class="column">${column.map(button).join("")}</div>`);
  return `<!doctype html><meta charset="utf-8">
<style>
  body { font: var(--vscode-font-size) var(--vscode-font-family); padding: 1rem; }
  main { display: flex; gap: 4rem; align-items: center; position: relative; width: max-content; }
  .column { display: flex; flex-direction: column; gap: .75rem; max-width: 18rem; }
  button { font: inherit; text-align: start; padding: .5rem .75rem; border: 1px solid var(--vscode-widget-border, currentColor);
    border-radius: .4rem; background: var(--vscode-editorWidget-background); color: inherit; cursor: pointer; position: relative; }
  button.asked { border-width: 2px; border-color: var(--vscode-focusBorder); }
  small, code { display: block; opacity: .7; }
  svg { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; pointer-events: none; }
  path { fill: none; stroke: currentColor; opacity: .4; }
</style>
<main><svg></svg>${drawn.join("")}</main>
<script>
  const editor = acquireVsCodeApi();
  const edges = ${JSON.stringify(edges.map(({ from, to }) => [from, to]))};
  const main = document.querySelector("main");
  const button = (node) => document.querySelector('[data-node="' + node + '"]');
  addEventListener("click", (event) => {
    const chosen = event.target.closest("[data-node]");
    if (chosen) editor.postMessage(Number(chosen.dataset.node));
  });
  const box = main.getBoundingClientRect();
  document.querySelector("svg").innerHTML = edges.map(([from, to]) => {
    if (!button(from) || !button(to)) return "";
    const [a, b] = [button(from).getBoundingClientRect(), button(to).getBoundingClientRect()];
    const [left, right] = a.left <= b.left ? [a, b] : [b, a];
    const start = { x: left.right - box.left, y: left.top + left.height / 2 - box.top };
    const end = { x: right.left - box.left, y: right.top + right.height / 2 - box.top };
    const bend = (start.x + end.x) / 2;
    return '<path d="M' + start.x + ' ' + start.y + ' C' + bend + ' ' + start.y + ' ' + bend + ' ' + end.y + ' ' + end.x + ' ' + end.y + '"/>';
  }).join("");
</script>`;
}

module.exports = { register };
