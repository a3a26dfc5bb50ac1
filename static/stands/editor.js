/* Drawing the floor in the browser: it fills in the same plain forms that the pages have, and sends them. The server decides; what it refuses is said at the plan. */
const HALF = 2;
const LEAST = 0.5; // metres
const MOVED = 0.3; // metres that make a press a drag

export const snapped = (metres) => Math.round(metres * HALF) / HALF;

/** The box around corners in half metres, in metres. */
export function boxOf(outline) {
  const across = outline.map(([x]) => x / HALF);
  const along = outline.map(([, y]) => y / HALF);
  const x = Math.min(...across);
  const y = Math.min(...along);
  return { x, y, width: Math.max(...across) - x, depth: Math.max(...along) - y };
}

/** Move corners in half metres by metres, as far as the hall goes. */
export function moved(outline, right, forward, hall) {
  const box = boxOf(outline);
  const between = (step, start, size, length) => Math.min(Math.max(snapped(step), -start), length - start - size);
  const [dx, dy] = [between(right, box.x, box.width, hall.width), between(forward, box.y, box.depth, hall.depth)];
  return outline.map(([x, y]) => [x + dx * HALF, y + dy * HALF]);
}

/** Give a rectangle another right and front side, as far as the hall goes. */
export function resized(outline, wider, deeper, hall) {
  const { x, y, width, depth } = boxOf(outline);
  const within = (size, room) => Math.min(Math.max(snapped(size), LEAST), room);
  return rectangle(x, y, within(width + wider, hall.width - x), within(depth + deeper, hall.depth - y));
}

export function rectangle(x, y, width, depth) {
  return [[x, y], [x + width, y], [x + width, y + depth], [x, y + depth]].map(([a, b]) => [a * HALF, b * HALF]);
}

/** The rectangle between two points of the floor. */
export function between(one, other, hall) {
  const inside = (point) => [Math.min(Math.max(snapped(point.x), 0), hall.width), Math.min(Math.max(snapped(point.y), 0), hall.depth)];
  const [[ax, ay], [bx, by]] = [inside(one), inside(other)];
  return rectangle(Math.min(ax, bx), Math.min(ay, by), Math.abs(ax - bx), Math.abs(ay - by));
}

export const pathOf = (outline) => `M${outline.map(([x, y]) => `${x / HALF} ${y / HALF}`).join("L")}Z`;
export const cornersText = (outline) => outline.map(([x, y]) => `${x / HALF} ${y / HALF}`).join("\n");

/** The number that follows the greatest of those there are: B9, B10 lead to B11. */
export function nextNumber(numbers) {
  const read = numbers.map((number) => /^(.*?)(\d+)$/.exec(number)).filter(Boolean);
  if (!read.length) return "A1";
  const last = read.reduce((best, one) => (Number(one[2]) > Number(best[2]) ? one : best));
  return `${last[1]}${Number(last[2]) + 1}`;
}

const SVG = "http://www.w3.org/2000/svg";
const ARROWS = { ArrowLeft: [-0.5, 0], ArrowRight: [0.5, 0], ArrowUp: [0, -0.5], ArrowDown: [0, 0.5] };

export class Editor {
  constructor(frame) {
    this.hall = { width: Number(frame.dataset.width), depth: Number(frame.dataset.depth) };
    this.frame = frame;
    this.chosen = [];
    this.busy = false;
    this.begin();
    document.addEventListener("keydown", (event) => this.onUndoKey(event));
  }

  begin() {
    this.svg = this.frame.querySelector("svg[data-plan]");
    this.svg.removeAttribute("aria-hidden");
    this.svg.setAttribute("role", "group");
    this.svg.setAttribute("aria-label", document.querySelector("h1").textContent);
    this.svg.classList.add("plan--draws");
    for (const part of document.querySelectorAll("[data-draw-bar]")) part.removeAttribute("data-waits");
    for (const stand of this.svg.querySelectorAll("[data-id]")) stand.setAttribute("tabindex", "0");
    for (const other of this.svg.querySelectorAll("[data-feature]")) other.setAttribute("tabindex", "0");
    for (const [name, act] of [["pointerdown", "onDown"], ["pointermove", "onMove"], ["pointerup", "onUp"], ["keydown", "onKey"]]) this.svg.addEventListener(name, (event) => this[act](event));
    this.svg.addEventListener("pointercancel", () => this.drop());
    this.svg.addEventListener("click", (event) => event.preventDefault());
    this.svg.addEventListener("dblclick", (event) => this.openPage(event.target.closest("[data-id], [data-feature]")));
    this.frame.querySelector("[data-draw-merge]").addEventListener("click", () => this.merge());
    this.frame.querySelector("[data-draw-retire]").addEventListener("click", () => this.retire());
    this.show();
  }

  outlineOf(thing) {
    return JSON.parse(thing.dataset.outline);
  }

  say(words, wrong = false) {
    const said = this.frame.querySelector("[data-draw-said]");
    said.textContent = words;
    said.toggleAttribute("data-wrong", wrong);
  }

  choose(thing, more = false) {
    if (!more) this.chosen = thing ? [thing] : [];
    else if (this.chosen.includes(thing)) this.chosen = this.chosen.filter((one) => one !== thing);
    else this.chosen = [...this.chosen.filter((one) => one.dataset.id), thing];
    this.show();
  }

  show() {
    for (const marked of this.svg.querySelectorAll("[data-chosen]")) marked.removeAttribute("data-chosen");
    for (const thing of this.chosen) thing.setAttribute("data-chosen", "");
    this.svg.querySelector(".plan__handle")?.remove();
    const [only] = this.chosen;
    if (this.chosen.length === 1 && this.outlineOf(only).length === 4) this.handle(boxOf(this.outlineOf(only)));
    this.frame.querySelector("[data-draw-merge]").disabled = this.chosen.filter((one) => one.dataset.id).length < 2;
    this.frame.querySelector("[data-draw-retire]").disabled = this.chosen.length !== 1;
  }

  handle({ x, y, width, depth }) {
    const handle = document.createElementNS(SVG, "rect");
    const attributes = { class: "plan__handle", x: x + width - 0.6, y: y + depth - 0.6, width: 1.2, height: 1.2, "data-handle": "" };
    for (const [name, value] of Object.entries(attributes)) handle.setAttribute(name, value);
    this.svg.append(handle);
  }

  metres(event) {
    const matrix = this.svg.getScreenCTM();
    return { x: (event.clientX - matrix.e) / matrix.a, y: (event.clientY - matrix.f) / matrix.d };
  }

  onDown(event) {
    if (event.button !== 0 || this.busy) return;
    const from = this.metres(event);
    const thing = event.target.closest("[data-id], [data-feature]");
    if (event.target.closest("[data-handle]")) this.drag = { from, thing: this.chosen[0], way: "size" };
    else if (thing) {
      this.choose(thing, event.shiftKey && !thing.dataset.feature);
      thing.focus({ preventScroll: true });
      this.drag = event.shiftKey ? null : { from, thing, way: "move" };
    } else {
      this.choose(null);
      this.drag = { from, way: "new" };
    }
    if (this.drag) this.svg.setPointerCapture(event.pointerId);
  }

  outlineOfDrag(event) {
    const { from, thing, way } = this.drag;
    const at = this.metres(event);
    if (way === "new") return between(from, at, this.hall);
    return way === "size" ? resized(this.outlineOf(thing), at.x - from.x, at.y - from.y, this.hall) : moved(this.outlineOf(thing), at.x - from.x, at.y - from.y, this.hall);
  }

  onMove(event) {
    if (!this.drag) return;
    const at = this.metres(event);
    if (!this.drag.far && Math.hypot(at.x - this.drag.from.x, at.y - this.drag.from.y) < MOVED) return;
    this.drag.far = true;
    this.ghost(this.outlineOfDrag(event));
  }

  onUp(event) {
    if (!this.drag) return;
    const { thing, far } = this.drag;
    const outline = this.outlineOfDrag(event);
    this.drop();
    if (!far) return;
    if (!thing) this.draw(outline);
    else if (pathOf(outline) !== pathOf(this.outlineOf(thing))) this.reshape(thing, outline);
  }

  drop() {
    this.drag = null;
    this.svg.querySelector(".plan__ghost")?.remove();
  }

  ghost(outline) {
    let ghost = this.svg.querySelector(".plan__ghost");
    if (!ghost) {
      ghost = document.createElementNS(SVG, "path");
      ghost.setAttribute("class", "plan__ghost");
      this.svg.append(ghost);
    }
    ghost.setAttribute("d", pathOf(outline));
    const { x, y, width, depth } = boxOf(outline);
    this.say(`${x} · ${y} — ${width} × ${depth} m`);
  }

  onKey(event) {
    const thing = event.target.closest("[data-id], [data-feature]");
    if (!thing || this.busy || event.ctrlKey || event.metaKey) return;
    if (ARROWS[event.key]) {
      const [right, forward] = ARROWS[event.key];
      if (!this.chosen.includes(thing)) this.choose(thing);
      const rectangular = this.outlineOf(thing).length === 4;
      if (event.shiftKey && !rectangular) return;
      this.reshape(thing, event.shiftKey ? resized(this.outlineOf(thing), right, forward, this.hall) : moved(this.outlineOf(thing), right, forward, this.hall));
    } else if (event.key === " ") this.choose(thing, true);
    else if (event.key === "Enter") this.openPage(thing);
    else if (event.key === "Delete" || event.key === "Backspace") {
      this.choose(thing);
      this.retire();
    } else return;
    event.preventDefault();
  }

  onUndoKey(event) {
    if (event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.target.closest("input, textarea, select")) return;
    const form = document.querySelector("[data-draw-undo] form");
    if (form && !this.busy) {
      event.preventDefault();
      this.send(form, {});
    }
  }

  openPage(thing) {
    if (thing) location.assign(thing.dataset.page ?? thing.getAttribute("href"));
  }

  draw(outline) {
    const { x, y, width, depth } = boxOf(outline);
    if (width < LEAST || depth < LEAST) return;
    const numbers = [...this.svg.querySelectorAll("[data-id]")].map((stand) => stand.dataset.stand);
    const number = prompt(this.frame.dataset.wordNumber, nextNumber(numbers));
    const form = document.querySelector(`form[action="${this.frame.dataset.new}"]`);
    if (number) this.send(form, { x, y, width, depth, number });
  }

  async reshape(thing, outline) {
    const { x, y, width, depth } = boxOf(outline);
    if (thing.dataset.feature) await this.onPage(thing.dataset.page, "form[data-draw-box]", { x, y, width, depth });
    else await this.onPage(thing.getAttribute("href"), "form[data-draw-form=corners]", { outline: cornersText(outline), version: thing.dataset.version });
  }

  async merge() {
    const [first, ...others] = this.chosen.filter((one) => one.dataset.id);
    await this.onPage(first.getAttribute("href"), "form[data-draw-form=merge]", { others: others.map((one) => `${one.dataset.id}-${one.dataset.version}`), number: first.dataset.stand, version: first.dataset.version });
  }

  async retire() {
    const [thing] = this.chosen;
    if (!thing) return;
    if (thing.dataset.feature) await this.onPage(thing.dataset.page, "[data-draw-remove] form", {});
    else if (confirm(this.frame.dataset.wordRetire.replace("@", thing.dataset.stand))) await this.onPage(thing.getAttribute("href"), "form[data-draw-form=retire]", { version: thing.dataset.version });
  }

  /** Open the page that has a form, fill it in and send it. */
  async onPage(address, which, values) {
    this.busy = true;
    try {
      const page = await read(await fetch(address));
      const form = page.querySelector(which);
      if (form) await this.send(form, values, address);
      else this.say(wrongOn(page) || this.frame.dataset.wordLost, true);
    } catch {
      this.say(this.frame.dataset.wordLost, true);
    }
    this.busy = false;
  }

  async send(form, values, address = location.href) {
    const data = new FormData(form);
    for (const [name, value] of Object.entries(values)) {
      data.delete(name);
      for (const one of [value].flat()) data.append(name, one);
    }
    this.busy = true;
    try {
      const answer = await fetch(new URL(form.getAttribute("action") || address, location.href), { method: "POST", body: new URLSearchParams(data) });
      const page = await read(answer);
      const agree = page.querySelector("[data-draw-agree]");
      if (answer.ok && page.querySelector("[data-draws]")) this.take(page);
      else if (agree && confirm(wrongOn(page))) await this.send(agree.closest("form"), { ...values, agreed: agree.value }, address);
      else this.say(wrongOn(page) || this.frame.dataset.wordLost, true);
    } catch {
      this.say(this.frame.dataset.wordLost, true);
    }
    this.busy = false;
  }

  /** Show the page as the server drew it anew, with the focus and the choice where they were. */
  take(page) {
    const focused = document.activeElement?.dataset?.stand;
    const chosen = this.chosen.map((one) => one.dataset.stand);
    const notice = page.querySelector("main > .notice, main > [role=status] .notice");
    const [said, wrong] = [notice?.textContent.trim(), Boolean(notice?.matches(".notice--warn"))];
    notice?.remove();
    document.querySelector("main").replaceChildren(...document.importNode(page.querySelector("main"), true).childNodes);
    this.frame = document.querySelector("[data-draws]");
    this.chosen = [];
    this.begin();
    const again = (number) => this.svg.querySelector(`[data-stand="${CSS.escape(number ?? "")}"]`);
    this.chosen = chosen.map(again).filter(Boolean);
    this.show();
    again(focused)?.focus({ preventScroll: true });
    if (said) this.say(said, wrong);
  }
}

const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
const wrongOn = (page) => [...page.querySelectorAll(".error-summary li, .notice--warn, .error-page p")].map((part) => part.textContent.trim())[0];

if (typeof document !== "undefined") {
  const frame = document.querySelector("[data-draws]");
  if (frame) new Editor(frame);
}
