import assert from "node:assert/strict";
import { test } from "node:test";

import { clockText } from "../../../static/stands/countdown.js";
import { differences } from "../../../static/stands/live.js";

test("only stands whose state changed are painted", () => {
  const shown = [["B1", "free"], ["B2", "held"], ["B3", "allocated"], ["B4", "free"]];
  assert.deepEqual(differences(shown, { B2: "requested", B3: "allocated", B4: "held" }), [["B2", "requested"], ["B4", "held"]]);
});

test("a stand that is not named is free", () => assert.deepEqual(differences([["B2", "held"]], {}), [["B2", "free"]]));

test("what is left of a hold is told in minutes and seconds", () => {
  assert.deepEqual([1200, 61, 59.2, 0.4, 0, -3].map(clockText), ["20:00", "1:01", "1:00", "0:01", "0:00", "0:00"]);
});
