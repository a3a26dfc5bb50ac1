// The board of answers: the whole screen, for as long as its kind lasts or until it is touched.

import { HOLDS, LASTS, fill } from "./answers.js";
import { part, show, write } from "./page.js";
import { signal } from "./signals.js";

const NO_TOUCH = 350; // milliseconds in which a touch meant for what was there before is not taken
const SMALLEST = 0.4;
const TIGHT = 0.7;

export class Board {
  constructor({ texts, clock }) {
    Object.assign(this, { texts, clock });
    this.shown = null;
    this.last = null;
    this.since = -Infinity;
    part("answer").addEventListener("click", () => this.touched());
    document.addEventListener("keydown", (event) => event.key === "Escape" && this.touched());
    window.addEventListener("resize", () => this.shown && this.fit());
    part("last").addEventListener("click", () => this.last && this.put(this.last));
  }

  /** Say whether the camera's next badge has to wait a moment. */
  get holds() {
    return this.shown !== null && performance.now() - this.since < HOLDS[this.shown.kind];
  }

  touched() {
    if (performance.now() - this.since >= NO_TOUCH) this.clear();
  }

  /** Show an answer, sound it and say it. */
  show(answer) {
    this.put(answer);
    signal(answer.kind);
    this.speak(answer);
    this.last = answer;
    part("last").disabled = false;
    part("last").dataset.kind = answer.kind;
    part("last-text").textContent = fill(this.texts.last.one, { word: answer.word, time: this.clock.time() });
    part("last-name").textContent = answer.name;
  }

  put(answer) {
    clearTimeout(this.timer);
    this.shown = answer;
    this.since = performance.now();
    const board = part("answer");
    board.dataset.kind = answer.kind;
    board.dataset.word = answer.word.length > 5 ? "long" : "short";
    write("answer-word", answer.word);
    for (const name of ["name", "organisation", "category", "why"]) write(`answer-${name}`, answer[name]);
    write("answer-do", answer.what);
    board.hidden = false;
    this.fit();
    document.body.dataset.answer = answer.kind;
    this.timer = setTimeout(() => this.clear(), LASTS[answer.kind]);
  }

  /** Make everything a little smaller until the whole answer is seen without scrolling. */
  fit() {
    const [board, body] = [part("answer"), part("answer-body")];
    const whole = () => body.scrollHeight <= body.clientHeight;
    for (let size = 1; size >= SMALLEST; size -= 0.05) {
      board.style.setProperty("--fit", size.toFixed(2));
      board.toggleAttribute("data-tight", size < TIGHT);
      if (whole()) break;
    }
    body.scrollTop = 0;
    if (whole()) body.removeAttribute("tabindex");
    else body.tabIndex = 0; // it scrolls: let a keyboard do so too
  }

  speak({ word, name, organisation, category, why, what }) {
    const spoken = part("spoken");
    spoken.textContent = "";
    setTimeout(() => {
      spoken.textContent = [word, name, organisation, category, why, what].filter(Boolean).map((one) => one.replace(/\.?$/, ".")).join(" ");
    }, 50);
  }

  /** Take the answer away. */
  clear() {
    clearTimeout(this.timer);
    const focused = part("answer").contains(document.activeElement);
    this.shown = null;
    show("answer", false);
    delete document.body.dataset.answer;
    if (focused) part("main").focus();
  }
}
