// What is typed waits for the page in another language: once, on the same page, and never a secret.
import assert from "node:assert/strict";
import test from "node:test";

import { KEY, Typed } from "../../static/shared/typed.js";

function store() {
  const held = new Map();
  return { held, getItem: (key) => held.get(key) ?? null, setItem: (key, value) => held.set(key, value), removeItem: (key) => held.delete(key) };
}

const input = (name, value, more = {}) => ({ name, value, defaultValue: "", type: "text", closest: () => null, ...more });
const tick = (name, value, checked, more = {}) => ({ name, value, type: "radio", checked, defaultChecked: false, closest: () => null, ...more });
const choice = (name, values, selected) => ({ name, type: "select-one", closest: () => null, selectedIndex: values.indexOf(selected), options: values.map((value) => ({ value, selected: value === selected, defaultSelected: false })) });
const form = (...elements) => ({ elements });

test("what was typed, ticked and chosen comes back once, and what holds it is opened", () => {
  const held = store();
  const details = { open: false, parentElement: { closest: () => null } };
  new Typed(held, "/visit").keep([form(input("given", "Salma"), tick("language", "fr", false), tick("language", "ar", true), choice("country", ["", "MA", "FR"], "FR"))]);
  const given = input("given", "", { closest: () => details });
  const after = form(given, tick("language", "fr", true), tick("language", "ar", false), choice("country", ["", "MA", "FR"], ""));
  new Typed(held, "/visit").bringBack([after]);
  assert.equal(given.value, "Salma");
  assert.deepEqual(after.elements.slice(1, 3).map((one) => one.checked), [false, true]);
  assert.deepEqual(after.elements[3].options.map((option) => option.selected), [false, false, true]);
  assert.equal(details.open, true);
  const again = form(input("given", ""));
  new Typed(held, "/visit").bringBack([again]);
  assert.equal(again.elements[0].value, "");
});

test("passwords, files and hidden fields are never kept", () => {
  const held = store();
  new Typed(held, "/sign-in").keep([form(input("email", "a@b.example"), ...["password", "file", "hidden"].map((type) => input(type, "a secret", { type })))]);
  assert.deepEqual(JSON.parse(held.held.get(KEY)).fields, [[["email", null, "a@b.example"]]]);
});

test("another page gets nothing, and nothing waits any more", () => {
  const held = store();
  new Typed(held, "/visit").keep([form(input("given", "Salma"))]);
  const other = form(input("given", ""));
  new Typed(held, "/exhibit").bringBack([other]);
  assert.equal(other.elements[0].value, "");
  assert.equal(held.held.size, 0);
});

test("a form as it came is not kept, unless it was shown again with what is to mend", () => {
  const held = store();
  const page = new Typed(held, "/visit");
  page.keep([form(input("given", "Salma", { defaultValue: "Salma" }))]);
  assert.equal(held.held.size, 0);
  page.keep([form(input("given", "Salma", { defaultValue: "Salma" }))], true);
  assert.equal(held.held.size, 1);
});
