import assert from "node:assert/strict";
import { test } from "node:test";

import { between, boxOf, cornersText, moved, nextNumber, pathOf, rectangle, resized, snapped } from "../../../static/stands/editor.js";

const HALL = { width: 60, depth: 30 };
const STAND = rectangle(4, 10, 6, 3);

test("lengths lie on the grid of half metres", () => assert.deepEqual([1.2, 1.3, -0.26, 7.75].map(snapped), [1, 1.5, -0.5, 8]));

test("a box is read in metres from corners in half metres", () => {
  assert.deepEqual(boxOf([[0, 0], [8, 0], [8, 4], [4, 4], [4, 8], [0, 8]]), { x: 0, y: 0, width: 4, depth: 4 });
});

test("a stand moves by half metres and stays in the hall", () => {
  assert.deepEqual(boxOf(moved(STAND, 1.3, -0.7, HALL)), { x: 5.5, y: 9.5, width: 6, depth: 3 });
  assert.deepEqual(boxOf(moved(STAND, 500, 500, HALL)), { x: 54, y: 27, width: 6, depth: 3 });
  assert.deepEqual(boxOf(moved(STAND, -500, -500, HALL)), { x: 0, y: 0, width: 6, depth: 3 });
});

test("a stand of another shape keeps it when it moves", () => {
  const corner = [[0, 0], [8, 0], [8, 4], [4, 4], [4, 8], [0, 8]];
  assert.deepEqual(moved(corner, 1, 2, HALL), corner.map(([x, y]) => [x + 2, y + 4]));
});

test("a stand grows to the walls and shrinks to half a metre", () => {
  assert.deepEqual(boxOf(resized(STAND, 0.6, -0.6, HALL)), { x: 4, y: 10, width: 6.5, depth: 2.5 });
  assert.deepEqual(boxOf(resized(STAND, 500, -500, HALL)), { x: 4, y: 10, width: 56, depth: 0.5 });
});

test("a rectangle is drawn between two points, whichever comes first", () => {
  const drawn = { x: 2, y: 3, width: 4, depth: 2.5 };
  assert.deepEqual(boxOf(between({ x: 2.1, y: 2.9 }, { x: 6, y: 5.5 }, HALL)), drawn);
  assert.deepEqual(boxOf(between({ x: 6, y: 5.5 }, { x: 2.1, y: 2.9 }, HALL)), drawn);
  assert.deepEqual(boxOf(between({ x: -4, y: -4 }, { x: 90, y: 90 }, HALL)), { x: 0, y: 0, width: 60, depth: 30 });
});

test("corners are written for the form and for the drawing", () => {
  assert.equal(cornersText(rectangle(0, 0, 1.5, 2)), "0 0\n1.5 0\n1.5 2\n0 2");
  assert.equal(pathOf(rectangle(0, 0, 1.5, 2)), "M0 0L1.5 0L1.5 2L0 2Z");
});

test("a new stand is offered the number after the greatest", () => {
  assert.equal(nextNumber(["B9", "B10", "B2"]), "B11");
  assert.equal(nextNumber([]), "A1");
});
