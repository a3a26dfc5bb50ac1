/* Zooming and moving the drawing of a hall: by buttons, by two fingers, by dragging once it is zoomed, by the wheel with Ctrl. */
const NEAREST = 6; // metres across at the nearest
const MOVED = 6; // pixels that make a press a drag

export function boxOf(text) {
  const [x, y, width, height] = text.split(/\s+/).map(Number);
  return { x, y, width, height };
}

/** Zoom a box by a factor around a point of it, within the whole. */
export function zoomed(box, whole, factor, at) {
  const width = Math.min(whole.width, Math.max(NEAREST, box.width / factor));
  const scale = width / box.width;
  const height = box.height * scale;
  return kept({ x: at.x - (at.x - box.x) * scale, y: at.y - (at.y - box.y) * scale, width, height }, whole);
}

/** Move a box so that it stays on the whole. */
export function kept(box, whole) {
  const between = (value, size, start, length) => (size >= length ? start - (size - length) / 2 : Math.min(Math.max(value, start), start + length - size));
  return { ...box, x: between(box.x, box.width, whole.x, whole.width), y: between(box.y, box.height, whole.y, whole.height) };
}

export class Plan {
  constructor(svg, tools) {
    this.svg = svg;
    this.whole = boxOf(svg.dataset.whole);
    this.box = boxOf(svg.getAttribute("viewBox"));
    this.fingers = new Map();
    this.dragged = false;
    tools?.removeAttribute("hidden");
    tools?.addEventListener("click", (event) => this.onTool(event));
    svg.addEventListener("pointerdown", (event) => this.onDown(event));
    svg.addEventListener("pointermove", (event) => this.onMove(event));
    for (const name of ["pointerup", "pointercancel", "pointerleave"]) svg.addEventListener(name, (event) => this.fingers.delete(event.pointerId));
    svg.addEventListener("click", (event) => this.dragged && event.preventDefault(), true);
    svg.addEventListener("wheel", (event) => this.onWheel(event), { passive: false });
    this.show(this.box);
  }

  show(box) {
    this.box = box;
    this.svg.setAttribute("viewBox", `${box.x} ${box.y} ${box.width} ${box.height}`);
    this.svg.toggleAttribute("data-near", box.width < this.whole.width - 0.01);
  }

  metres(event) {
    const matrix = this.svg.getScreenCTM();
    return { x: (event.clientX - matrix.e) / matrix.a, y: (event.clientY - matrix.f) / matrix.d };
  }

  onTool(event) {
    const way = event.target.closest("[data-zoom]")?.dataset.zoom;
    const middle = { x: this.box.x + this.box.width / 2, y: this.box.y + this.box.height / 2 };
    if (way === "whole") this.show(this.whole);
    else if (way) this.show(zoomed(this.box, this.whole, way === "in" ? 1.6 : 1 / 1.6, middle));
  }

  onDown(event) {
    this.dragged = this.fingers.size > 0;
    this.fingers.set(event.pointerId, { x: event.clientX, y: event.clientY, from: { x: event.clientX, y: event.clientY } });
  }

  onMove(event) {
    const before = this.fingers.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY, from: before.from };
    const scale = this.svg.getScreenCTM().a;
    if (this.fingers.size === 2) this.pinch(event, before, now);
    else if (this.svg.hasAttribute("data-near") && (this.dragged || Math.hypot(now.x - before.from.x, now.y - before.from.y) > MOVED)) {
      this.dragged = true;
      this.show(kept({ ...this.box, x: this.box.x - (now.x - before.x) / scale, y: this.box.y - (now.y - before.y) / scale }, this.whole));
    } else return;
    this.fingers.set(event.pointerId, now);
  }

  pinch(event, before, now) {
    const [other] = [...this.fingers].filter(([id]) => id !== event.pointerId).map(([, at]) => at);
    const apart = (one) => Math.hypot(one.x - other.x, one.y - other.y) || 1;
    this.dragged = true;
    this.show(zoomed(this.box, this.whole, apart(now) / apart(before), this.metres({ clientX: (now.x + other.x) / 2, clientY: (now.y + other.y) / 2 })));
  }

  onWheel(event) {
    if (!event.ctrlKey) return;
    event.preventDefault();
    this.show(zoomed(this.box, this.whole, event.deltaY < 0 ? 1.2 : 1 / 1.2, this.metres(event)));
  }
}

if (typeof document !== "undefined") {
  for (const frame of document.querySelectorAll("[data-plan-frame]")) new Plan(frame.querySelector("[data-plan]"), frame.querySelector("[data-plan-tools]"));
}
