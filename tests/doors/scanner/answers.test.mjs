import assert from "node:assert/strict";
import { test } from "node:test";

import { inWords } from "../../../static/doors/answers.js";
import { ShowClock } from "../../../static/doors/clock.js";
import { Network } from "../../../static/doors/network.js";

const HOLDER = { name: "Amina Alaoui", organisation: "Atlas", category: "Visitor" };
const TEXTS = {
  words: { enter: "Enter", leave: "Exit", look: "Look", stop: "Stop", undecided: "Not decided" },
  reasons: {
    ok: { in: { why: "Valid.", what: "Let them in." }, out: { why: "Noted.", what: "Let them out." } },
    already_inside: { why: "Inside.", what: "Look." },
    revoked: { why: "Withdrawn.", what: "Keep it." },
  },
  other: { why: "No reason.", what: "By hand." },
  undecided: { why: "Silent.", what: "By hand." },
  since: "Since {time}, {gate}",
  since_day: "Since {day}, {time}, {gate}",
};
const NOON = Date.parse("2018-04-12T11:00:00Z");
const clock = new ShowClock(NOON - Date.now(), 60);
const put = (scan, direction = "in") => inWords(scan, { direction, texts: TEXTS, clock, locale: "en-GB" });

test("an admission is green, with the holder and what to do", () => {
  assert.deepEqual(put({ outcome: "admitted", reason: "ok", holder: HOLDER, since: null }), { kind: "enter", word: "Enter", ...HOLDER, why: "Valid.", what: "Let them in." });
});

test("an admission on the way out has a word of its own", () => {
  const { kind, word, what } = put({ outcome: "admitted", reason: "ok", holder: HOLDER }, "out");
  assert.deepEqual([kind, word, what], ["enter", "Exit", "Let them out."]);
});

test("a badge that is inside says when and where, and the day when it was another", () => {
  const inside = (at) => put({ outcome: "already_inside", reason: "already_inside", holder: HOLDER, since: { at, time: "10:42", gate: "Main gate" } });
  assert.deepEqual([inside("2018-04-12T09:42:00Z").kind, inside("2018-04-12T09:42:00Z").why], ["look", "Since 10:42, Main gate"]);
  assert.equal(inside("2018-04-11T22:59:00Z").why, "Since Wednesday 11 April, 10:42, Main gate");
  assert.equal(inside("2018-04-11T23:01:00Z").why, "Since 10:42, Main gate");
});

test("a refusal is red, also without a holder and with a reason that is new to the page", () => {
  assert.deepEqual(put({ outcome: "refused", reason: "revoked", holder: null }), { kind: "stop", word: "Stop", name: "", organisation: "", category: "", why: "Withdrawn.", what: "Keep it." });
  assert.deepEqual([put({ outcome: "refused", reason: "strange" }).kind, put({ outcome: "refused", reason: "strange" }).why], ["stop", "No reason."]);
});

test("an outcome that the page does not know is looked at, never let through", () => {
  assert.equal(put({ outcome: "strange", reason: "ok", holder: HOLDER }).kind, "look");
});

test("no answer is none of the three", () => {
  assert.deepEqual([put(null).kind, put(null).word, put(null).why], ["undecided", "Not decided", "Silent."]);
});

test("the show's clock is the server's, whatever the telephone says", () => {
  const show = new ShowClock();
  show.set({ now: "2018-04-12T09:00:00Z", utc_offset: 60 }, 1_000_000, 200);
  assert.equal(show.offset, Date.parse("2018-04-12T09:00:00Z") - 1_000_100);
  assert.equal(show.time(1_000_100), "10:00");
  assert.equal(show.time(1_000_100 + 42 * 60_000), "10:42");
  show.set({ now: "nonsense", utc_offset: 0 }, 0, 0);
  assert.equal(show.time(1_000_100), "10:00");
});

test("a telephone far from the show's day shows that day", () => {
  assert.equal(clock.strangeDay("en-GB"), "12 Apr 2018");
  assert.equal(new ShowClock(3000, 60).strangeDay("en-GB"), "");
});

test("the network's state is measured", () => {
  const told = [];
  const network = new Network((state) => told.push(state));
  for (const [status, took] of [[200, 50], [200, 80], [200, 900], [0, 3], [503, 5], [401, 40]]) network.heard({ status, took });
  assert.deepEqual(told, ["answers", "slow", "silent", "answers"]);
});
