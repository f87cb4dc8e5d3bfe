// A policy in the browser: serves the page, and joins its WebSocket to a language server of its own.
//
// usage: node serve.mjs POLICY.kup [PROGRAM] [PORT]

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";
import { WebSocketServer } from "ws";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));

/// Starts; the address of the page. Only programs of this machine can reach it.
export async function serve(policy, program = "kupuya-lsp", port = 0) {
  const built = await build({ entryPoints: [here("page.mjs")], bundle: true, format: "esm", write: false });
  const file = resolve(policy);
  const pages = {
    "/": ["text/html; charset=utf-8", () => readFileSync(here("page.html"))],
    "/page.js": ["text/javascript; charset=utf-8", () => built.outputFiles[0].text],
    "/policy": [
      "application/json",
      () =>
        JSON.stringify({
          uri: pathToFileURL(file).href,
          root: pathToFileURL(dirname(file)).href,
          text: readFileSync(file, "utf8"),
        }),
    ],
  };
  const server = createServer((request, response) => {
    const [type, body] = pages[new URL(request.url, "http://page").pathname] ?? [];
    response.writeHead(body ? 200 : 404, { "content-type": type ?? "text/plain" });
    response.end(body?.());
  });
  const sockets = new WebSocketServer({
    server,
    // Other pages that the browser has open have no business here.
    verifyClient: ({ origin, req }) => origin === `http://${req.headers.host}`,
  });
  sockets.on("connection", (socket) => join(socket, spawn(program, { stdio: ["pipe", "pipe", "inherit"] })));
  await new Promise((listening) => server.listen(port, "127.0.0.1", listening));
  return { address: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}

// A message of the socket is one of the protocol without its header.
function join(socket, language) {
  let waiting = Buffer.alloc(0);
  language.stdout.on("data", (more) => {
    waiting = Buffer.concat([waiting, more]);
    for (;;) {
      const header = waiting.indexOf("\r\n\r\n");
      if (header < 0) return;
      const length = Number(/Content-Length: (\d+)/i.exec(waiting.toString("ascii", 0, header))[1]);
      const end = header + 4 + length;
      if (waiting.length < end) return;
      socket.send(waiting.toString("utf8", header + 4, end));
      waiting = waiting.subarray(end);
    }
  });
  socket.on("message", (message) => {
    const body = Buffer.from(message);
    language.stdin.write(`Content-Length: ${body.length}\r\n\r\n`);
    language.stdin.write(body);
  });
  socket.on("close", () => language.stdin.end());
  language.on("exit", () => socket.close());
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [policy, program, port] = process.argv.slice(2);
  if (!policy) {
    console.error("usage: node serve.mjs POLICY.kup [PROGRAM] [PORT]");
    process.exit(2);
  }
  console.log((await serve(policy, program, Number(port ?? 0))).address);
}
