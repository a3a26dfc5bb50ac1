// A form is sent once: while it is on its way its buttons wait, so that a double click is one click.
// The server knows a page that is sent twice by itself; this spares people its answer, and works for every form that is sent by POST.

export const PATIENCE_MS = 10_000; // an answer that is a file leaves the page where it is, and a network may give up: then the buttons come back

export class Sending {
  constructor(later = (work, milliseconds) => setTimeout(work, milliseconds)) {
    this.later = later;
    this.forms = new Map(); // form on its way -> its buttons that wait
  }

  submitted(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (this.forms.has(form)) {
      event.preventDefault();
      return;
    }
    this.forms.set(form, []);
    // Not at once: a button that is disabled now would not be sent with its form.
    this.later(() => this.wait(form), 0);
    this.later(() => this.release(form), PATIENCE_MS);
  }

  wait(form) {
    if (!this.forms.has(form)) return;
    const buttons = [...form.elements].filter((one) => one.type === "submit" && !one.disabled);
    for (const button of buttons) button.disabled = true;
    this.forms.set(form, buttons);
  }

  release(form) {
    for (const button of this.forms.get(form) ?? []) button.disabled = false;
    this.forms.delete(form);
  }

  shownAgain() {
    for (const form of [...this.forms.keys()]) this.release(form);
  }
}

if (typeof document !== "undefined") {
  const sending = new Sending();
  document.addEventListener("submit", (event) => sending.submitted(event));
  window.addEventListener("pageshow", () => sending.shownAgain()); // also when the browser kept the page and people come back to it
}
