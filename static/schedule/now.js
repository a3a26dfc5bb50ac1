/* The line for now, and what is on now. A day's plan says the minute at which its first row begins, so no zone rules are needed here. */

import { showNow } from "../shared/clock.js";

const MINUTES_A_ROW = 5;
const AFTER_THE_ROOMS = 2; // the grid's row 1 has the rooms

function mark(plan) {
  const row = Math.floor((showNow() / 60000 - Number(plan.dataset.first)) / MINUTES_A_ROW);
  for (const session of plan.querySelectorAll(".session[data-at]")) {
    const start = Number(session.dataset.at);
    if (start <= row && row < start + Number(session.dataset.for)) session.dataset.on = plan.dataset.now;
    else delete session.dataset.on;
  }
  draw(plan, row);
}

function draw(plan, row) {
  let line = plan.querySelector(".day__now");
  const inside = row >= 0 && row < Number(plan.dataset.rows);
  if (!inside || !plan.querySelector(".day__hours")) {
    line?.remove();
    return;
  }
  if (!line) {
    line = document.createElement("div");
    line.className = "day__now";
    line.setAttribute("aria-hidden", "true");
    line.append(document.createElement("span"));
    line.firstChild.textContent = plan.dataset.now;
    plan.append(line);
  }
  line.style.gridRowStart = row + AFTER_THE_ROOMS;
}

const plans = document.querySelectorAll("[data-first]");
const markAll = () => plans.forEach(mark);
markAll();
setInterval(markAll, 15000);
