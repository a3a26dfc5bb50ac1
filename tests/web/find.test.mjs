import assert from "node:assert/strict";
import { test } from "node:test";

class Element {
  constructor(name) {
    Object.assign(this, { name, children: [], attributes: {}, listeners: {}, dataset: {}, textContent: "", hidden: false });
  }

  setAttribute(name, value) {
    this.attributes[name] = value;
  }

  removeAttribute(name) {
    delete this.attributes[name];
  }

  addEventListener(kind, listener) {
    this.listeners[kind] = listener;
  }

  after() {}

  append(...children) {
    this.children.push(...children);
  }

  replaceChildren(...children) {
    this.children = children;
  }

  querySelectorAll() {
    return this.children.filter((child) => child.dataset.page);
  }
}

globalThis.document = { createElement: (name) => new Element(name), querySelectorAll: () => [] };
const { Finder } = await import("../../static/portal/find.js");

const ATLAS = { name: "Atlas", where: "Fès, Morocco", page: "/join/1" };
const RIF = { name: "Rif", where: "Nador, Morocco", page: "/join/2" };

function finder(answers) {
  const went = [];
  globalThis.window = { location: { assign: (page) => went.push(page) } };
  const input = Object.assign(new Element("input"), { value: "" });
  const label = Object.assign(new Element("label"), { textContent: " Find it " });
  const form = { dataset: { finder: "/found?lang=fr", none: "Nothing found" }, querySelector: (what) => (what === "label" ? label : input) };
  const asked = [];
  const one = new Finder(form, async (address) => {
    asked.push(address);
    return answers[asked.length - 1];
  });
  const press = (key) => {
    const event = { key, prevented: false, preventDefault() { this.prevented = true; } };
    one.key(event);
    return event.prevented;
  };
  return { one, input, asked, went, press };
}

test("names are offered, chosen by arrows, and Enter opens the page", async () => {
  const { one, input, asked, went, press } = finder([[ATLAS, RIF]]);
  input.value = "atl & co";
  await one.look();
  assert.deepEqual([asked, one.list.hidden, input.attributes["aria-expanded"]], [["/found?lang=fr&q=atl%20%26%20co"], false, "true"]);
  assert.deepEqual([press("Enter"), press("ArrowDown"), press("ArrowDown"), input.attributes["aria-activedescendant"]], [false, true, true, "finder-1"]);
  assert.deepEqual([press("ArrowDown"), input.attributes["aria-activedescendant"], press("ArrowUp"), press("Enter"), went], [true, "finder-0", true, true, ["/join/2"]]);
});

test("too few letters ask nothing, Escape closes, and nothing found is said", async () => {
  const { one, input, asked, press } = finder([[]]);
  input.value = "at";
  await one.look();
  input.value = "xyz";
  await one.look();
  assert.deepEqual([asked.length, one.list.children.map((line) => line.textContent), press("ArrowDown")], [1, ["Nothing found"], false]);
  assert.deepEqual([press("Escape"), one.list.hidden, press("Escape")], [true, true, false]);
});

test("an answer that comes too late is not shown", async () => {
  const { one, input } = finder([[ATLAS], [RIF]]);
  input.value = "atlas";
  const late = one.look();
  input.value = "rif";
  await one.look();
  await late;
  assert.deepEqual(one.list.children.map((option) => option.dataset.page), ["/join/2"]);
});
