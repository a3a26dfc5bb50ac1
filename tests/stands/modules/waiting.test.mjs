import assert from "node:assert/strict";
import { test } from "node:test";

import { hasMoved } from "../../../static/stands/waiting.js";

test("the page is shown anew once the search is further than it says", () => {
  assert.deepEqual([hasMoved("waiting", "running"), hasMoved("running", "done"), hasMoved("running", "running"), hasMoved("running", undefined)], [true, true, false, false]);
});
