const svg = document.querySelector("svg"), side = document.querySelector("aside"), found = document.querySelector("#found");
const whole = svg.viewBox.baseVal, start = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
let view = { ...start };
svg.removeAttribute("width"); svg.removeAttribute("height");
// What may be chosen stands in a group, not in an image. The heads of the columns stay in sight.
svg.setAttribute("role", "group");
const band = svg.appendChild(document.createElementNS(svg.namespaceURI, "rect"));
band.setAttribute("fill", "#fff");
const heads = [...document.querySelectorAll(".head")].map((head) => [svg.appendChild(head), Number(head.getAttribute("y"))]);
const show = () => {
  svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
  const sides = { x: view.x, y: view.y, width: view.w, height: view.y > 54 ? 28 : 0 };
  for (const [name, value] of Object.entries(sides)) band.setAttribute(name, value);
  for (const [head, y] of heads) head.setAttribute("y", Math.max(y, view.y + 18));
};
const zoom = (by, cx = 0.5, cy = 0.5) => {
  const w = Math.min(start.w * 4, Math.max(200, view.w * by)), h = w * view.h / view.w;
  view = { x: view.x + (view.w - w) * cx, y: view.y + (view.h - h) * cy, w, h }; show();
};
svg.addEventListener("wheel", (event) => {
  event.preventDefault();
  const box = svg.getBoundingClientRect();
  zoom(event.deltaY > 0 ? 1.15 : 1 / 1.15, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
}, { passive: false });
let held = null;
const fingers = new Map();
svg.addEventListener("pointerdown", (event) => { fingers.set(event.pointerId, event); held = { x: event.clientX, y: event.clientY, far: false }; });
svg.addEventListener("pointermove", (event) => {
  if (!fingers.has(event.pointerId)) return;
  const box = svg.getBoundingClientRect(), scale = Math.max(view.w / box.width, view.h / box.height);
  if (fingers.size === 2) {
    const [a, b] = [...fingers.values()], before = Math.hypot(a.clientX - b.clientX, a.clientY - b.clientY);
    fingers.set(event.pointerId, event);
    const [c, d] = [...fingers.values()], after = Math.hypot(c.clientX - d.clientX, c.clientY - d.clientY);
    if (after > 0) zoom(before / after);
    return;
  }
  const old = fingers.get(event.pointerId);
  if (Math.hypot(event.clientX - held.x, event.clientY - held.y) > 5) held.far = true;
  view.x -= (event.clientX - old.clientX) * scale; view.y -= (event.clientY - old.clientY) * scale;
  fingers.set(event.pointerId, event); show();
});
for (const name of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(name, (event) => fingers.delete(event.pointerId));
document.querySelector("#in").onclick = () => zoom(1 / 1.3);
document.querySelector("#out").onclick = () => zoom(1.3);
// At first as large as can be read, and where the first column is; "all" shows it whole.
const first = svg.getBoundingClientRect(), boxes = [...document.querySelectorAll(".node .box")].map((box) => box.getBBox());
const narrow = first.width < 700, left = Math.min(...boxes.map((box) => box.x));
const column = boxes.filter((box) => box.x === left), high = Math.min(...column.map((box) => box.y));
const low = Math.max(...column.map((box) => box.y + box.height));
view.w = narrow ? first.width : Math.min(Math.max(start.w, first.width), first.width / 0.6);
view.h = view.w * first.height / first.width;
view.y = Math.max(0, Math.min(narrow ? high - 40 : (high + low - view.h) / 2, start.h - view.h));
const fit = () => { const box = svg.getBoundingClientRect(); view.h = view.w * box.height / box.width; show(); };
fit();
addEventListener("resize", fit);
document.querySelector("#all").onclick = () => { choose(null); view = { ...start }; show(); };
function choose(at) {
  const edges = at === null ? [] : data.edges.map((edge, number) => ({ ...edge, number })).filter((edge) => edge.from === at || edge.to === at);
  const near = new Set([at, ...edges.flatMap((edge) => [edge.from, edge.to])]);
  document.querySelectorAll(".node").forEach((node) => node.classList.toggle("dim", at !== null && !near.has(Number(node.id.slice(1)))));
  const numbers = new Set(edges.map((edge) => String(edge.number)));
  document.querySelectorAll(".line").forEach((line) => line.classList.toggle("dim", at !== null && !line.dataset.edges.split(" ").some((edge) => numbers.has(edge))));
  document.querySelectorAll(".frame, .knot").forEach((shape) => shape.classList.toggle("dim", at !== null));
  side.hidden = at === null;
  fit();
  if (at === null) return;
  side.replaceChildren();
  const head = document.createElement("h2"), close = document.createElement("button");
  head.textContent = data.nodes[at].label;
  close.textContent = "×"; close.ariaLabel = side.dataset.close; close.onclick = () => choose(null);
  side.append(close, head);
  for (const edge of edges) {
    const other = data.nodes[edge.from === at ? edge.to : edge.from], line = document.createElement("h3");
    line.textContent = (edge.from === at ? "→ " : "← ") + other.label;
    side.append(line);
    for (const [number, sentence, id] of edge.clauses) {
      const clause = document.createElement("p"), link = document.createElement(data.notice ? "a" : "span");
      link.textContent = number + ".";
      if (data.notice) { link.href = data.notice + "#" + encodeURIComponent(id); link.target = "notice"; }
      clause.append(link, " " + sentence);
      side.append(clause);
    }
  }
}
document.querySelectorAll(".node").forEach((node) => {
  node.tabIndex = 0; node.setAttribute("role", "button");
  node.addEventListener("click", () => { if (!held || !held.far) choose(Number(node.id.slice(1))); });
  node.addEventListener("keydown", (event) => { if (event.key === "Enter") choose(Number(node.id.slice(1))); });
});
addEventListener("keydown", (event) => { if (event.key === "Escape") choose(null); });
found.addEventListener("input", () => {
  const text = found.value.toLowerCase();
  document.querySelectorAll(".node").forEach((node, at) => {
    const { label, name } = data.nodes[at];
    node.classList.toggle("found", text !== "" && (label.toLowerCase().includes(text) || name.includes(text)));
  });
});
