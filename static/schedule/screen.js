/* A screen in a hall: shows what is on and what comes next by the show's clock, looks for a newer programme twice a minute, and goes on without a network. */

import { showNow } from "../shared/clock.js";

const LOOK_AGAIN = 30000; // milliseconds
const PATIENCE = 10000;
const KEEP_PARTS = "[data-since]";
let tag = null;
let lostAt = null;

const screen = () => document.querySelector("[data-screen]");
const two = (number) => String(number).padStart(2, "0");

/** How many minutes the show's clock is ahead of UTC at a minute. */
function ahead(minute) {
  const told = screen().dataset.offsets.trim().split(" ").filter(Boolean).map((pair) => pair.split(":").map(Number));
  return (told.filter(([since]) => since <= minute).pop() ?? told[0] ?? [0, 0])[1];
}

function clock(ms) {
  const minute = Math.floor(ms / 60000);
  const local = minute + ahead(minute);
  return `${two(Math.floor(local / 60) % 24)}:${two(local % 60)}`;
}

const since = (slot) => Number(slot.dataset.since);
const until = (slot) => Number(slot.dataset.until);

/** Say of every slot of a room whether it is on, comes next, or is not shown. */
function choose(room, minute) {
  const slots = [...room.querySelectorAll(".slot")];
  const upcoming = slots.filter((slot) => since(slot) > minute);
  const first = Math.min(...upcoming.map(since));
  let shown = 0;
  for (const slot of slots) {
    const state = since(slot) <= minute && minute < until(slot) ? "now" : since(slot) === first ? "next" : "";
    slot.dataset.on = state;
    slot.hidden = !state;
    if (!state) continue;
    shown += 1;
    const word = slot.querySelector(".slot__state");
    word.textContent = word.dataset[state];
    slot.querySelector(".slot__day").hidden = Number(slot.dataset.dayUntil) > minute && Number(slot.dataset.daySince) <= minute;
    for (const part of slot.querySelectorAll(`.slot__part${KEEP_PARTS}`)) part.hidden = !(state === "now" && since(part) <= minute && minute < until(part));
    const passed = slot.querySelector(".slot__passed");
    passed.hidden = state !== "now";
    passed.value = Math.round((1000 * (minute - since(slot))) / Math.max(1, until(slot) - since(slot)));
  }
  room.querySelector(".screen-none").hidden = shown > 0;
}

function tell() {
  const now = showNow();
  screen().dataset.live = "";
  for (const room of document.querySelectorAll(".screen-room")) choose(room, Math.floor(now / 60000));
  const shown = document.querySelector("[data-clock]");
  if (shown.textContent !== clock(now)) shown.textContent = clock(now);
  const lost = document.querySelector("[data-lost]");
  lost.hidden = lostAt === null;
  if (lostAt !== null) lost.textContent = lost.dataset.lost.replace("HH:MM", clock(lostAt));
}

/** Take a newer programme; what is shown stays until it is here whole. */
async function look() {
  try {
    const answer = await fetch(location.href, { cache: "no-cache", signal: AbortSignal.timeout(PATIENCE) });
    if (!answer.ok) throw new Error(answer.statusText);
    const newer = answer.headers.get("ETag");
    if (answer.headers.get("From-Keep")) throw new Error("kept");
    if (newer !== tag) {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-screen]");
      if (tag !== null && page) screen().replaceWith(document.importNode(page, true));
      tag = newer;
    }
    lostAt = null;
  } catch {
    lostAt ??= showNow();
  }
  tell();
}

tell();
look();
setInterval(tell, 5000);
setInterval(look, LOOK_AGAIN);
addEventListener("online", look);
addEventListener("offline", look);
