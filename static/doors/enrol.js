// Enrolment: a code, shown by the supervisor, makes this telephone the scanner of a gate.

import { call } from "./api.js";
import { fill } from "./answers.js";
import { codeInAddress, tidyEnrolment } from "./codes.js";
import { mend, part, show, write } from "./page.js";
import { allowSound } from "./signals.js";

const LONGEST_LABEL = 60;
const DRAFT = "door.code"; // what was typed, while the language is changed

function draft(text) {
  try {
    if (text !== undefined) sessionStorage.setItem(DRAFT, text);
    return sessionStorage.getItem(DRAFT) ?? "";
  } catch {
    return "";
  }
}

function whatIsWrong({ status, content }, texts) {
  if (status === 0) return texts.silent;
  if (status === 429) return texts.busy;
  if (status >= 500) return texts.broken;
  return content?.detail || texts.unknown;
}

export class Enrolment {
  /** `onEnrolled` hears what the server said about the telephone's gate, and when; `onStay` that the present gate is kept. */
  constructor({ texts, onEnrolled, onStay }) {
    Object.assign(this, { texts, onEnrolled, onStay });
    this.sending = false;
    part("enrol-form").addEventListener("submit", (event) => {
      event.preventDefault();
      allowSound();
      this.send();
    });
    part("code").addEventListener("input", () => draft(part("code").value));
    part("stay").addEventListener("click", () => {
      this.close();
      onStay();
    });
  }

  /** Leave the form, and take the code out of the address, so that a reload does not use it again. */
  close() {
    draft("");
    history.replaceState(null, "", location.pathname);
    part("code").value = part("label").value = "";
    show("enrol", false);
  }

  /** Show the form, with the reason why, and the gate that one may stay at. */
  open({ reason = "", current = null } = {}) {
    const code = codeInAddress(location.href);
    part("code").value = code ?? draft();
    write("enrol-reason", reason);
    write("stay", current ? fill(this.texts.stay, { gate: current.gate.name }) : "");
    mend("code", "");
    mend("label", "");
    show("scan", false);
    show("enrol", true);
    document.body.dataset.screen = "enrol";
    if (reason) part("main").focus();
  }

  async send() {
    const { enrol } = this.texts;
    const code = tidyEnrolment(part("code").value);
    const label = part("label").value.trim();
    mend("label", label.length > LONGEST_LABEL ? enrol.label : "");
    mend("code", code ? "" : part("code").value.trim() ? enrol.form : enrol.empty);
    if (this.sending || !code || label.length > LONGEST_LABEL) return;
    this.sending = true;
    part("enrol-form").setAttribute("aria-busy", "true");
    const answer = await call("enrolments", { body: { code, label } });
    part("enrol-form").removeAttribute("aria-busy");
    this.sending = false;
    if (answer.status !== 201) return mend("code", whatIsWrong(answer, enrol));
    this.close();
    return this.onEnrolled(answer);
  }
}
