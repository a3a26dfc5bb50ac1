import assert from "node:assert/strict";
import { test } from "node:test";

import { written } from "../../static/portal/counter.js";

test("what is written is counted as the server counts it", () => {
  const counted = ["", "  a b \r\n", "a\r\nb", "\u{1F9FF}\u{1F9FF}", "آلة"].map((text) => written(text, 600).count);
  assert.deepEqual(counted, [0, 3, 3, 2, 3]);
});

test("near the bound it is said, and beyond it", () => {
  const told = [89, 90, 100, 101].map((length) => { const { near, over } = written("x".repeat(length), 100); return [near, over]; });
  assert.deepEqual(told, [[false, false], [true, false], [true, false], [true, true]]);
});
