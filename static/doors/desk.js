// One scan from reading to answer; and the scans that wait, sent with the same id until the server has them.

import { newId, tidyScan } from "./codes.js";

const PATIENCE = 1000; // milliseconds that a person at the door waits
const BATCH = 100;

const refused = (status) => status >= 400 && status < 500 && ![401, 408, 425, 429].includes(status);
const after = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds, null));

export class Desk {
  /** `call` asks the server, `facts` keeps; `onAnswer` hears every answer, `onSilence` that none came in time, `onWaiting` how many scans wait, `onRevoked` that the device is no longer enrolled. */
  constructor({ call, facts, clock, onAnswer, onSilence, onWaiting, onRevoked, patience = PATIENCE }) {
    Object.assign(this, { call, facts, clock, onAnswer, onSilence, onWaiting, onRevoked, patience });
    this.enrolment = null;
    this.live = new Set(); // being decided: not yet counted as waiting
    this.underway = new Set(); // sent, and the answer may still come
    this.stuck = new Set(); // the server cannot take these; they stay, and are tried again after a reload
    this.flushing = false;
  }

  /** Let the server decide one scan. Returns `{scan}`, or `{scan: null, later}` when it did not answer in time; `later` is its answer, if one comes. */
  async decide(text, direction) {
    const scan = {
      id: newId(),
      token: tidyScan(text),
      gate: this.enrolment.gate.id,
      direction,
      scanned_at: new Date().toISOString(),
      clock_offset_ms: this.clock.offset,
      verdict: "",
    };
    this.live.add(scan.id);
    const kept = this.facts.put({ id: scan.id, edition: this.enrolment.edition.slug, scan });
    const later = this.insist(scan, kept);
    const answer = await Promise.race([later, after(this.patience)]);
    if (!answer) this.onSilence();
    await kept;
    this.live.delete(scan.id);
    await this.count();
    return answer ? { scan: answer } : { scan: null, later };
  }

  /** Send one scan; a connection that broke at once is tried once more. Returns the answer, null when there is none. */
  async insist(scan, kept) {
    const started = performance.now();
    let { status, answers } = await this.send([scan], kept);
    if (status === 0 && performance.now() - started < this.patience / 3) {
      await after(100);
      ({ answers } = await this.send([scan], kept));
    }
    return answers.get(scan.id) ?? null;
  }

  /** Send scans; forget those that the server acknowledged. Returns the status, and its answers by id. */
  async send(scans, kept = null) {
    const ids = scans.map((scan) => scan.id);
    const { token } = this.enrolment;
    for (const id of ids) this.underway.add(id);
    const answer = await this.call("scans", { token, body: { scans } });
    this.onAnswer(answer);
    if (answer.status === 401) this.onRevoked(token);
    const told = answer.status === 200 && Array.isArray(answer.content.scans) ? answer.content.scans : [];
    const answers = new Map(told.map((scan) => [scan.id, scan]));
    await kept;
    await this.facts.remove(ids.filter((id) => answers.has(id)));
    for (const id of ids) this.underway.delete(id);
    await this.count();
    return { status: answer.status, answers };
  }

  /** Count the scans that wait. */
  async count() {
    const waiting = (await this.facts.all()).filter((fact) => !this.live.has(fact.id)).length;
    this.onWaiting(waiting);
    return waiting;
  }

  /** List the scans that can be sent now: of this edition, and not on their way. */
  async ready() {
    const held = (id) => this.live.has(id) || this.underway.has(id) || this.stuck.has(id);
    const mine = (fact) => fact.edition === this.enrolment?.edition.slug && !held(fact.id);
    return (await this.facts.all()).filter(mine).map((fact) => fact.scan);
  }

  /** Send everything that waits, as long as the server takes it. */
  async flush() {
    if (this.flushing || !this.enrolment) return;
    this.flushing = true;
    try {
      for (let scans = await this.ready(); scans.length > 0; scans = await this.ready()) {
        if (!(await this.took(scans.slice(0, BATCH)))) break;
      }
    } finally {
      this.flushing = false;
    }
  }

  /** Send a batch; one that the server refuses goes scan by scan, so that a bad one holds up no other. Says whether to go on. */
  async took(scans) {
    if (!this.enrolment) return false;
    const { status, answers } = await this.send(scans);
    if (!refused(status)) return answers.size > 0;
    if (scans.length === 1) {
      this.stuck.add(scans[0].id);
      return true;
    }
    for (const scan of scans) if (!(await this.took([scan]))) return false;
    return true;
  }
}
