// The text on the left, the notice that it becomes on the right. A click on a clause leads to the line it comes from.

import { LSPClient, languageServerExtensions } from "@codemirror/lsp-client";
import { EditorView } from "@codemirror/view";
import { basicSetup } from "codemirror";

const policy = await (await fetch("policy")).json();

const socket = new WebSocket(`ws://${location.host}/`);
const handlers = new Set();
socket.addEventListener("message", ({ data }) => handlers.forEach((handler) => handler(data)));
await new Promise((open) => socket.addEventListener("open", open));

const client = new LSPClient({ rootUri: policy.root, timeout: 30000, extensions: languageServerExtensions() }).connect({
  send: (message) => socket.send(honest(message)),
  subscribe: (handler) => handlers.add(handler),
  unsubscribe: (handler) => handlers.delete(handler),
});

// CodeMirror's client says that it asks for findings, but waits to be told them.
function honest(message) {
  const told = JSON.parse(message);
  if (told.method !== "initialize") return message;
  delete told.params.capabilities.textDocument.diagnostic;
  return JSON.stringify(told);
}

const frame = document.getElementById("notice");
let clauses = [];
let asked = 0;
let timer;

async function notice() {
  const mine = ++asked;
  client.sync();
  const told = await client.request("kupuya/notice", { textDocument: { uri: policy.uri } });
  // Typing has gone on: a later answer comes.
  if (!told || mine !== asked) return;
  clauses = told.clauses;
  const page = frame.contentDocument;
  const at = page.documentElement?.scrollTop ?? 0;
  page.open();
  page.write(told.text);
  page.close();
  page.documentElement.scrollTop = at;
  page.addEventListener("click", lead);
}

function lead(event) {
  const units = event.target.closest("[data-unit]")?.dataset.unit.split(" ") ?? [];
  const place = clauses.find((clause) => units.includes(clause.id) && clause.location?.uri === policy.uri)?.location;
  if (!place) return;
  const anchor = editor.state.doc.line(place.range.start.line + 1).from + place.range.start.character;
  editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: "center" }) });
  editor.focus();
}

const editor = new EditorView({
  doc: policy.text,
  parent: document.getElementById("text"),
  extensions: [
    basicSetup,
    client.plugin(policy.uri, "kupuya"),
    EditorView.updateListener.of((update) => {
      if (!update.docChanged) return;
      clearTimeout(timer);
      timer = setTimeout(notice, 200);
    }),
  ],
});
await client.initializing;
await notice();
