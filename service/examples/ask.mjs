// Asks the decision service from Node (18 or newer), with what Node brings along.
// Usage: node ask.mjs URL; a token in KUPUYA_TOKEN is shown. Exit code 0: allowed, 3: denied.

/** One AuthZEN evaluation. Whatever goes wrong on the way, the answer is no. */
export async function evaluate(url, evaluation, milliseconds = 5000) {
  const headers = { "content-type": "application/json" };
  if (process.env.KUPUYA_TOKEN) headers.authorization = `Bearer ${process.env.KUPUYA_TOKEN}`;
  try {
    const answer = await fetch(`${url}/access/v1/evaluation`, {
      method: "POST",
      headers,
      body: JSON.stringify(evaluation),
      redirect: "error",
      signal: AbortSignal.timeout(milliseconds),
    });
    if (answer.status !== 200) throw new Error(await answer.text());
    // Text that is no UTF-8, and JSON that is no decision, are no answers.
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await answer.arrayBuffer());
    const told = JSON.parse(text);
    const { decision, context } = told;
    if (typeof decision !== "boolean" || typeof context !== "object" || context === null) {
      throw new Error("the answer is no decision");
    }
    // Nobody here does what an obligation asks for. Who does lists its types in context.supported_obligations, and takes those
    // here.
    const { obligations = [] } = context;
    if (decision && !(Array.isArray(obligations) && obligations.length === 0)) {
      throw new Error("the answer has obligations that this client does not meet");
    }
    return told;
  } catch (error) {
    return { decision: false, context: { error: { message: String(error) } } };
  }
}

const answer = await evaluate(process.argv[2] ?? "http://127.0.0.1:5878", {
  subject: { type: "controller", id: "shop_llc" },
  action: { name: "use" },
  resource: { type: "data_category", id: "contacts.phone_no" },
  context: { purpose: "marketing", about: "buyer", given: ["agreed"], time: "2025-10-02" },
});
const allowed = answer.decision === true;
const { clauses } = answer.context;
for (const clause of Array.isArray(clauses) ? clauses : []) console.log(clause?.paragraph, clause?.sentence);
console.log(allowed ? "allowed" : "denied:", allowed ? "" : answer.context);
process.exitCode = allowed ? 0 : 3;
