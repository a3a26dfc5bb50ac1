// The scanning screen: badges come from the camera, a reader that types, or by hand; one after the other is decided and shown.

import { inWords } from "./answers.js";
import { Board } from "./board.js";
import { Repeats } from "./codes.js";
import { Eyes } from "./eyes.js";
import { mend, part, show } from "./page.js";
import { allowSound, signal, sounding } from "./signals.js";
import { listen } from "./wedge.js";

const ASKING = 250; // milliseconds after which the page says that it asks

export class Scanner {
  constructor({ settings, desk, clock, strip, onLeave }) {
    const { texts, locale } = settings;
    Object.assign(this, { texts, locale, desk, clock, strip, onLeave });
    this.board = new Board({ texts, clock });
    this.eyes = new Eyes({ texts, settings, onCode: (code) => this.seen(code) });
    this.looks = new Repeats();
    this.bursts = new Repeats(1000);
    this.open = false;
    this.asking = 0;
    this.line = Promise.resolve();
    listen(document, (text) => this.open && !this.bursts.again(text, performance.now()) && this.take(text));
    this.panels();
    this.byHand();
    this.leaving();
    this.sound();
  }

  /** Begin, or end, scanning. */
  turn(open) {
    this.open = open;
    if (!open) {
      this.board.clear();
      this.panel(null);
    } else document.body.dataset.screen = "scan";
    show("scan", open);
    this.eyes.want(open);
  }

  /** Take a code that the camera sees, unless it was there a moment ago or another one is being decided. */
  seen(code) {
    if (this.asking || this.board.holds) return;
    if (!this.looks.again(code, performance.now())) this.take(code);
  }

  /** Decide codes in the order in which they came. */
  take(code) {
    const { direction } = this.strip;
    this.asking += 1;
    this.line = this.line.then(() => this.decide(code, direction)).catch(() => {});
    return this.line.then(() => {
      this.asking -= 1;
    });
  }

  async decide(code, direction) {
    if (!this.desk.enrolment) return;
    const soon = setTimeout(() => this.eyes.say(this.texts.finder.asking), ASKING);
    const { scan, later } = await this.desk.decide(code, direction);
    clearTimeout(soon);
    this.hint();
    if (!this.open) return;
    const shown = this.words(scan, direction);
    this.board.show(shown);
    // An answer that comes late is shown as long as the screen still says that there is none.
    later?.then((answer) => {
      if (answer && this.open && this.board.shown === shown) this.board.show(this.words(answer, direction));
    });
  }

  words(scan, direction) {
    return inWords(scan, { direction, texts: this.texts, clock: this.clock, locale: this.locale });
  }

  /** Say under the camera that the server is silent, as long as it is. */
  network(state) {
    this.silent = state === "silent";
    this.hint();
  }

  hint() {
    this.eyes.say(this.silent ? this.texts.finder.silent : "");
  }

  panels() {
    for (const button of document.querySelectorAll("[data-opens]")) {
      button.addEventListener("click", () => this.panel(button.getAttribute("aria-expanded") === "true" ? null : button.dataset.opens));
    }
    for (const button of document.querySelectorAll("[data-close]")) {
      button.addEventListener("click", () => {
        const opener = document.querySelector(`[aria-controls="${button.closest(".panel").id}"]`);
        this.panel(null);
        opener.focus();
      });
    }
  }

  /** Open a panel over the camera's picture; null closes what is open. */
  panel(id) {
    for (const button of document.querySelectorAll("[data-opens]")) {
      const opens = button.dataset.opens === id;
      button.setAttribute("aria-expanded", String(opens));
      show(button.dataset.opens, opens);
    }
    this.sure(false);
    if (id === "by-hand") part("typed").focus();
    if (id === "more") part("more").scrollTop = 0;
  }

  byHand() {
    part("by-hand-form").addEventListener("submit", (event) => {
      event.preventDefault();
      const text = part("typed").value.trim();
      mend("typed", text ? "" : part("typed-error").dataset.text);
      if (!text) return;
      part("typed").value = "";
      this.panel(null);
      part("main").focus();
      this.take(text);
    });
    part("typed").addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      part("by-hand-form").requestSubmit();
    });
  }

  leaving() {
    part("leave-ask").addEventListener("click", async () => {
      show("leave-waiting", (await this.desk.count()) > 0);
      this.sure(true);
    });
    part("leave-no").addEventListener("click", () => this.panel(null));
    part("leave-yes").addEventListener("click", () => this.onLeave());
  }

  sure(asked) {
    show("leave-sure", asked);
    show("leave-ask", !asked);
    part("leave-ask").setAttribute("aria-expanded", String(asked));
    if (asked) part("leave-no").focus();
  }

  /** Sound is allowed by the first touch or key; until then a button says so. */
  sound() {
    const offer = () => show("sound", !sounding());
    for (const kind of ["pointerup", "keydown"]) document.addEventListener(kind, () => allowSound().then(offer));
    part("try-sound").addEventListener("click", () => allowSound().then(() => signal("enter")));
    offer();
  }
}
