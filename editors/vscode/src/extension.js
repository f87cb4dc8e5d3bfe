// The extension's start: the language server, and one module a view.

const vscode = require("vscode");
const { LanguageClient, TransportKind } = require("vscode-languageclient/node");
const ask = require("./ask");
const graph = require("./graph");
const notice = require("./notice");
const scenarios = require("./scenarios");
const status = require("./status");

let client;

async function activate(context) {
  const settings = vscode.workspace.getConfiguration("kupuya");
  const command = settings.get("server.path");
  const run = { command, transport: TransportKind.stdio };
  client = new LanguageClient("kupuya", "Kupuya", { run, debug: run }, {
    documentSelector: [{ language: "kupuya" }],
    initializationOptions: { law: settings.get("law"), language: settings.get("language") },
    synchronize: {
      configurationSection: "kupuya",
      fileEvents: vscode.workspace.createFileSystemWatcher("**/{*.kup,kupuya.toml}"),
    },
  });
  for (const view of [ask, graph, notice, scenarios, status]) {
    view.register(context, client);
  }
  context.subscriptions.push(
    vscode.commands.registerCommand("kupuya.restart", () => client.restart()),
  );
  try {
    await client.start();
  } catch (error) {
    const install = "How to install it";
    const chosen = await vscode.window.showErrorMessage(
      `The language server \`${command}\` does not start: ${error.message}`,
      install,
    );
    if (chosen === install) {
      vscode.env.openExternal(vscode.Uri.parse("https://github.com/kupuya/kupuya/tree/main/editors"));
    }
  }
}

function deactivate() {
  return client?.stop();
}

module.exports = { activate, deactivate };
