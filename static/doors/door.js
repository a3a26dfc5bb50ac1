// The scanner of the doors: who this telephone belongs to, what the server says of it, and which screen is shown.

import { call } from "./api.js";
import { ShowClock } from "./clock.js";
import { codeInAddress } from "./codes.js";
import { Desk } from "./desk.js";
import { Enrolment } from "./enrol.js";
import { Network } from "./network.js";
import { part } from "./page.js";
import { Scanner } from "./scanner.js";
import { Facts, keepEnrolment, readEnrolment } from "./store.js";
import { Strip } from "./strip.js";

const EVERY = 10_000; // milliseconds between two looks at the server
const EVERY_WHILE_SILENT = 3000;
const AFTER_A_SCAN = 500;

const settings = JSON.parse(part("door-settings").textContent);
const { texts, locale } = settings;
const kept = readEnrolment();
const clock = new ShowClock(kept?.clock?.offset, kept?.clock?.minutes);
const strip = new Strip({ texts, locale, clock });
const facts = await Facts.open();
let waiting = 0;
let timer = 0;

const network = new Network((state) => {
  strip.network(state);
  scanner.network(state);
  if (state !== "silent") desk.flush();
});

const desk = new Desk({
  call,
  facts,
  clock,
  onAnswer(answer) {
    network.heard(answer);
    if (answer.status === 200) {
      desk.flush();
      lookAfter(AFTER_A_SCAN);
    }
  },
  onSilence() {
    network.heard({ status: 0, took: 0 });
    lookAfter(AFTER_A_SCAN);
  },
  onWaiting(count) {
    waiting = count;
    strip.waiting(count);
    part("memory").hidden = facts.durable;
  },
  onRevoked: (token) => revoked(token),
});

const scanner = new Scanner({ settings, desk, clock, strip, onLeave: () => goBack(texts.left) });

const enrolment = new Enrolment({
  texts,
  onEnrolled({ content, sent, took }) {
    belong(content, content.token, sent, took);
    start();
  },
  onStay: start,
});

/** Keep what the server said of this telephone, with the token that proves who it is. */
function belong(said, token, sent, took) {
  clock.set(said, sent, took);
  const { device, gate, edition, zone, inside } = said;
  desk.enrolment = { token, device, gate, edition, zone, inside };
  keepEnrolment({ ...desk.enrolment, clock: { offset: clock.offset, minutes: clock.minutes } });
  strip.state(desk.enrolment);
}

function start() {
  strip.state(desk.enrolment);
  scanner.turn(true);
  desk.count();
  look();
}

/** Go back to enrolment with a reason; scans that wait are kept. */
function goBack(reason) {
  clearTimeout(timer);
  desk.enrolment = null;
  keepEnrolment(null);
  scanner.turn(false);
  enrolment.open({ reason });
}

/** The server no longer knows a token: go back, unless the telephone has got another one meanwhile. */
function revoked(token) {
  if (desk.enrolment?.token !== token) return;
  goBack(waiting > 0 ? `${texts.revoked} ${texts.revoked_waiting}` : texts.revoked);
}

/** Offer enrolment; a telephone that has a gate may stay there. */
function enrolHere() {
  scanner.turn(false);
  enrolment.open({ current: desk.enrolment });
}

function lookAfter(milliseconds) {
  clearTimeout(timer);
  if (desk.enrolment) timer = setTimeout(look, milliseconds);
}

/** Ask the server how it is, and for the gate, the clock and the people inside. */
async function look() {
  clearTimeout(timer);
  if (!desk.enrolment) return;
  const { token } = desk.enrolment;
  const answer = await call("state", { token, patience: 5000 });
  if (desk.enrolment?.token !== token) return;
  network.heard(answer);
  if (answer.status === 401) revoked(token);
  if (answer.status === 200) {
    belong(answer.content, token, answer.sent, answer.took);
    desk.flush();
  }
  lookAfter(network.state === "silent" ? EVERY_WHILE_SILENT : EVERY);
}

document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && look());
window.addEventListener("hashchange", () => codeInAddress(location.href) && enrolHere());

if (kept?.token) desk.enrolment = kept;
if (!desk.enrolment || codeInAddress(location.href)) enrolHere();
else start();
navigator.serviceWorker?.register("sw.js").catch(() => {}); // a private window may not
