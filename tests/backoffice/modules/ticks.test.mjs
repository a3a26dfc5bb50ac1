import assert from "node:assert/strict";
import { test } from "node:test";

import { Ticks } from "../../../static/backoffice/ticks.js";

const list = (...ticked) => {
  const boxes = ticked.map((checked) => ({ checked }));
  const count = { hidden: true, textContent: "" };
  return { boxes, count, ticks: new Ticks(boxes, {}, count) };
};
const shown = ({ boxes, count }) => [boxes.map((box) => box.checked), count.textContent, count.hidden];

test("all of the page is ticked at once, then none, and how many are is said", () => {
  const page = list(true, false, false);
  page.ticks.tickAll();
  assert.deepEqual(shown(page), [[true, true, true], "3", false]);
  page.ticks.tickAll();
  assert.deepEqual(shown(page), [[false, false, false], "0", false]);
});

test("a page that is come back to says how many are ticked", () => {
  const page = list(true, false, true);
  page.ticks.say();
  assert.deepEqual(shown(page), [[true, false, true], "2", false]);
});
