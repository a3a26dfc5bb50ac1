import assert from "node:assert/strict";
import { test } from "node:test";

import { KeyReader } from "../../../static/doors/wedge.js";

const TOKEN = "AEAQAAAAJUAAAAQ7WZM2".repeat(7).slice(0, 132);
const ADDRESS = `HTTPS://SHOW.EXAMPLE/B/${TOKEN}`;
const PLACES = { ":": "Semicolon", "/": "Slash", ".": "Period" };
const FRENCH = { KeyA: "Q", KeyQ: "A", KeyW: "Z", KeyZ: "W", KeyM: "?", Semicolon: "M", Slash: "§", Period: "/", Digit2: "é", Digit7: "è" };

/** Type a text as a reader does that is set to an American keyboard; `host` renames what the telephone makes of a key. */
function type(reader, text, { gap = 10, host = {}, end = "Enter", start = 0 } = {}) {
  let now = start;
  for (const letter of text) {
    const code = PLACES[letter] ?? (/\d/.test(letter) ? `Digit${letter}` : `Key${letter.toUpperCase()}`);
    reader.press({ key: host[code] ?? letter, code, shiftKey: /[A-Z:]/.test(letter) }, (now += gap));
  }
  return reader.press({ key: end, code: end }, now + gap);
}

test("keys in quick succession that end in Enter or Tab are one reading", () => {
  assert.equal(type(new KeyReader(), ADDRESS), ADDRESS);
  assert.equal(type(new KeyReader(), ADDRESS, { end: "Tab" }), ADDRESS);
  assert.equal(type(new KeyReader(), ADDRESS, { gap: 300 }), ADDRESS);
});

test("a telephone set to a French keyboard still reads what an American reader types", () => {
  assert.equal(type(new KeyReader(), ADDRESS, { host: FRENCH }), ADDRESS);
});

test("what a person types slowly is no reading", () => {
  assert.equal(type(new KeyReader(), ADDRESS, { gap: 700 }), null);
});

test("a person may press the space bar twice on a button", () => {
  const reader = new KeyReader();
  assert.deepEqual([0, 200].map((now) => reader.press({ key: " ", code: "Space" }, now)), [null, null]);
});

test("a lone Enter, a short burst and a shortcut are no reading", () => {
  const reader = new KeyReader();
  assert.equal(reader.press({ key: "Enter", code: "Enter" }, 5), null);
  assert.equal(type(reader, "abc", { start: 1000 }), null);
  assert.equal(reader.press({ key: "r", code: "KeyR", ctrlKey: true }, 3000), null);
});

test("a reading that broke off does not disturb the next", () => {
  const reader = new KeyReader();
  for (const letter of "HTTPS://BROKEN") reader.press({ key: letter, code: "" }, 10);
  assert.equal(type(reader, ADDRESS, { start: 5000 }), ADDRESS);
});
