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
      signal: AbortSignal.timeout(milliseconds),
    });
    if (!answer.ok) throw new Error(await answer.text());
    return await answer.json();
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
for (const { paragraph, sentence } of answer.context.clauses ?? []) console.log(paragraph, sentence);
console.log(answer.decision ? "allowed" : `denied: ${JSON.stringify(answer.context)}`);
process.exitCode = answer.decision ? 0 : 3;
