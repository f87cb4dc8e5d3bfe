// The law pack that the policy is checked against, at the foot of the window.

const vscode = require("vscode");

const OWN = "the policy's own";
const PACKS = [OWN, "kg2008", "kgdc2025", "gdpr"];

function register(context) {
  const item = vscode.window.createStatusBarItem("kupuya.law", vscode.StatusBarAlignment.Right);
  item.name = "Kupuya: law";
  item.command = "kupuya.chooseLaw";
  item.tooltip = "The law pack that the policy is checked against";

  function show() {
    const law = vscode.workspace.getConfiguration("kupuya").get("law");
    item.text = `$(law) ${law ?? "law"}`;
    if (vscode.window.activeTextEditor?.document.languageId === "kupuya") item.show();
    else item.hide();
  }

  async function choose() {
    const chosen = await vscode.window.showQuickPick(PACKS, { title: "Check against" });
    if (!chosen) return;
    const law = chosen === OWN ? null : chosen;
    const target = vscode.workspace.workspaceFolders ? vscode.ConfigurationTarget.Workspace : vscode.ConfigurationTarget.Global;
    await vscode.workspace.getConfiguration("kupuya").update("law", law, target);
  }

  context.subscriptions.push(
    item,
    vscode.commands.registerCommand("kupuya.chooseLaw", choose),
    vscode.window.onDidChangeActiveTextEditor(show),
    vscode.workspace.onDidChangeConfiguration(show),
  );
  show();
}

module.exports = { register };
