import assert from "node:assert/strict";
import { test } from "node:test";

import { boxOf, kept, zoomed } from "../../../static/stands/plan.js";

const WHOLE = { x: -1, y: -1, width: 62, height: 32 };

test("a view box is read", () => assert.deepEqual(boxOf("-1 -1 62 32"), WHOLE));

test("zooming keeps the point under the fingers where it is", () => {
  const at = { x: 20, y: 10 };
  const box = zoomed(WHOLE, WHOLE, 2, at);
  assert.equal(box.width, 31);
  assert.ok(Math.abs((at.x - WHOLE.x) / WHOLE.width - (at.x - box.x) / box.width) < 1e-9);
});

test("zooming out ends at the whole hall, zooming in at some metres", () => {
  const near = zoomed(WHOLE, WHOLE, 100, { x: 20, y: 10 });
  assert.equal(near.width, 6);
  assert.deepEqual(zoomed(near, WHOLE, 1 / 1000, { x: 20, y: 10 }), WHOLE);
});

test("a view never leaves the hall", () => {
  assert.deepEqual(kept({ x: -50, y: 90, width: 10, height: 8 }, WHOLE), { x: -1, y: 23, width: 10, height: 8 });
});

test("what is higher than the hall stands in the middle", () => {
  assert.equal(kept({ x: 0, y: 5, width: 10, height: 40 }, WHOLE).y, -5);
});
