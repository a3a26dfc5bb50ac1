import assert from "node:assert/strict";
import { test } from "node:test";

import { Desk } from "../../../static/doors/desk.js";

/** Keeps facts as the disk does. */
class Kept {
  constructor() {
    this.facts = new Map();
  }
  async put(fact) {
    this.facts.set(fact.id, structuredClone(fact));
  }
  async all() {
    return [...this.facts.values()];
  }
  async remove(ids) {
    for (const id of ids) this.facts.delete(id);
  }
}

const admit = ({ scans }) => ({ status: 200, content: { scans: scans.map(({ id }) => ({ id, outcome: "admitted", reason: "ok" })) }, took: 5 });
const SILENCE = { status: 0, content: null, took: 1 };
const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Make a desk before a server that answers as told; `sent` lists what it was sent, `heard` what the desk told. */
function deskBefore(server, facts = new Kept()) {
  const [sent, heard] = [[], []];
  const desk = new Desk({
    call: async (path, { body, token }) => {
      sent.push({ path, token, ids: body.scans.map(({ id }) => id) });
      return server(body, sent.length);
    },
    facts,
    clock: { offset: 7 },
    onAnswer: ({ status }) => heard.push(status),
    onSilence: () => heard.push("silence"),
    onWaiting: () => {},
    onRevoked: (token) => heard.push(`revoked ${token}`),
    patience: 300,
  });
  desk.enrolment = { token: "tok", gate: { id: 3 }, edition: { slug: "show" } };
  return { desk, facts, sent, heard };
}

test("an answer in time is shown, and nothing waits", async () => {
  const { desk, sent } = deskBefore(admit);
  const { scan } = await desk.decide("CODE", "in");
  assert.deepEqual([scan.outcome, sent[0].ids, await desk.count()], ["admitted", [scan.id], 0]);
});

test("a scan is kept before its answer is known, as the server wants it", async () => {
  let stored;
  const { desk, facts } = deskBefore(async (body) => {
    await after(5);
    stored = await facts.all();
    return admit(body);
  });
  await desk.decide("CODE", "out");
  const [{ edition, scan }] = stored;
  assert.deepEqual([edition, { ...scan, id: "", scanned_at: "" }], ["show", { id: "", token: "CODE", gate: 3, direction: "out", scanned_at: "", clock_offset_ms: 7, verdict: "" }]);
  assert.match(scan.scanned_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});

test("no answer in time is undecided; the late answer is handed on and the fact let go", async () => {
  const { desk, heard } = deskBefore(async (body) => {
    await after(450);
    return admit(body);
  });
  const { scan, later } = await desk.decide("CODE", "in");
  assert.deepEqual([scan, await desk.count(), heard], [null, 1, ["silence"]]);
  assert.equal((await later).outcome, "admitted");
  assert.equal(await desk.count(), 0);
});

test("an answer that sets off the sending of what waits does not send its own scan again", async () => {
  const { desk, sent } = deskBefore(async (body) => {
    await after(350);
    return admit(body);
  });
  desk.onAnswer = () => desk.flush();
  await (await desk.decide("CODE", "in")).later;
  await after(20);
  assert.equal(sent.length, 1);
});

test("a broken connection is tried once more at once, then the fact waits with its id", async () => {
  const { desk, facts, sent } = deskBefore(() => SILENCE);
  const { scan, later } = await desk.decide("CODE", "in");
  assert.deepEqual([scan, await later], [null, null]);
  const [{ id }] = await facts.all();
  assert.deepEqual(sent.map(({ ids }) => ids), [[id], [id]]);
});

test("what waits is sent with the same ids until the server has it, and not after", async () => {
  const { desk, facts, sent } = deskBefore((body, turn) => (turn <= 5 ? SILENCE : admit(body)));
  await desk.decide("A", "in");
  await desk.decide("B", "in");
  const ids = (await facts.all()).map(({ id }) => id);
  await desk.flush();
  assert.equal(await desk.count(), 2);
  await desk.flush();
  assert.deepEqual([await desk.count(), sent.at(-1).ids], [0, ids]);
  await desk.flush();
  assert.equal(sent.length, 6);
});

test("many facts go in batches", async () => {
  const { desk, facts, sent } = deskBefore(admit);
  for (let number = 0; number < 250; number += 1) await facts.put({ id: `${number}`, edition: "show", scan: { id: `${number}` } });
  await desk.flush();
  assert.deepEqual([sent.map(({ ids }) => ids.length), await desk.count()], [[100, 100, 50], 0]);
});

test("a fact that the server cannot take holds up no other, and is not lost", async () => {
  const { desk, facts, sent } = deskBefore((body) => (body.scans.some(({ id }) => id === "bad") ? { status: 422, content: {}, took: 1 } : admit(body)));
  for (const id of ["a", "bad", "z"]) await facts.put({ id, edition: "show", scan: { id } });
  await desk.flush();
  assert.deepEqual((await facts.all()).map(({ id }) => id), ["bad"]);
  const before = sent.length;
  await desk.flush();
  assert.equal(sent.length, before);
});

test("facts of another show wait until the telephone is enrolled there again", async () => {
  const { desk, facts, sent } = deskBefore(admit);
  await facts.put({ id: "a", edition: "other", scan: { id: "a" } });
  await desk.flush();
  assert.deepEqual([sent, await desk.count()], [[], 1]);
  desk.enrolment = { ...desk.enrolment, edition: { slug: "other" } };
  await desk.flush();
  assert.equal(await desk.count(), 0);
});

test("a revoked telephone keeps its facts", async () => {
  const { desk, heard } = deskBefore(() => ({ status: 401, content: {}, took: 1 }));
  await desk.decide("CODE", "in");
  assert.deepEqual([heard.includes("revoked tok"), await desk.count()], [true, 1]);
});

test("an answer that names no fact of ours ends the sending instead of going on for ever", async () => {
  const { desk, facts, sent } = deskBefore(() => ({ status: 200, content: { scans: [] }, took: 1 }));
  await facts.put({ id: "a", edition: "show", scan: { id: "a" } });
  await desk.flush();
  assert.deepEqual([sent.length, await desk.count()], [1, 1]);
});
