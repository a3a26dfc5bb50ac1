import assert from "node:assert/strict";
import { test } from "node:test";

import { Repeats, codeInAddress, newId, tidyEnrolment, tidyScan } from "../../../static/doors/codes.js";

const TOKEN = "AEAQAAAAJUAAAAAB".repeat(9).slice(0, 132);

test("an enrolment code is forgiven its spaces, dashes and small letters", () => {
  for (const typed of ["ABCD-2345", "abcd2345", " ab cd – 23 45 ", "ＡＢＣＤ２３４５", "ABCD_2345"]) assert.equal(tidyEnrolment(typed), "ABCD-2345");
});

test("what cannot be an enrolment code is none", () => {
  for (const typed of ["", "ABCD", "ABCD-23456", "ÀBCD-2345", "<script>"]) assert.equal(tidyEnrolment(typed), null);
});

test("an enrolment code is found in the address that the telephone's camera opened", () => {
  assert.equal(codeInAddress("https://show.example/door/#abcd-2345"), "ABCD-2345");
  assert.equal(codeInAddress("https://show.example/door/?code=ABCD2345"), "ABCD-2345");
  assert.equal(codeInAddress("https://show.example/door/#main"), null);
  assert.equal(codeInAddress("https://show.example/door/#%E0%A4%A"), null);
});

test("a badge's code is sent in capitals, whatever the reader's caps lock", () => {
  assert.equal(tidyScan(`${TOKEN.toLowerCase()}\r\n`), TOKEN);
  assert.equal(tidyScan(`https://show.example/b/${TOKEN.toLowerCase()}`), `HTTPS://SHOW.EXAMPLE/B/${TOKEN}`);
});

test("another code is sent as it is, and never without end", () => {
  assert.equal(tidyScan("WIFI:T:WPA;S:hall;;"), "WIFI:T:WPA;S:hall;;");
  assert.equal(tidyScan("x".repeat(7000)).length, 501);
});

test("a badge that stays in view is one scan, and two when it was taken away between", () => {
  const looks = new Repeats(1500);
  const seen = [0, 100, 1400, 2800, 4299, 5799].map((now) => looks.again("A", now));
  assert.deepEqual(seen, [false, true, true, true, true, false]);
});

test("two badges in view by turns are two scans", () => {
  const looks = new Repeats(1500);
  const seen = [["A", 0], ["B", 100], ["A", 200], ["B", 300], ["C", 400]].map(([code, now]) => looks.again(code, now));
  assert.deepEqual(seen, [false, false, true, true, false]);
});

test("ids are UUIDs of version 4, also without the browser's own", () => {
  const form = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  assert.match(newId(), form);
  const { randomUUID } = crypto;
  Object.defineProperty(crypto, "randomUUID", { value: undefined, configurable: true });
  try {
    assert.match(newId(), form);
    assert.notEqual(newId(), newId());
  } finally {
    Object.defineProperty(crypto, "randomUUID", { value: randomUUID, configurable: true });
  }
});
