import assert from "node:assert/strict";
import { test } from "node:test";

import { PATIENCE_MS, Sending } from "../../static/shared/once.js";

const button = (more = {}) => ({ type: "submit", disabled: false, ...more });

const form = (buttons, method = "post") => ({ method, elements: [{ type: "text", disabled: false }, ...buttons] });

function desk() {
  const due = [];
  const sending = new Sending((work, milliseconds) => due.push({ work, milliseconds }));
  const press = (target, defaultPrevented = false) => {
    const event = { target, defaultPrevented, preventDefault() { this.defaultPrevented = true; } };
    sending.submitted(event);
    return event.defaultPrevented;
  };
  const pass = (milliseconds) => {
    for (const one of due.filter((each) => each.milliseconds <= milliseconds)) {
      due.splice(due.indexOf(one), 1);
      one.work();
    }
  };
  return { sending, press, pass };
}

test("the second press of a double click is not sent", () => {
  const { press } = desk();
  const sent = form([button()]);
  assert.deepEqual([press(sent), press(sent), press(sent)], [false, true, true]);
});

test("the pressed button goes with its form, and waits from then on with the others", () => {
  const { press, pass } = desk();
  const buttons = [button({ name: "act", value: "look" }), button()];
  const sent = form(buttons);
  press(sent);
  assert.deepEqual(buttons.map((one) => one.disabled), [false, false]);
  pass(0);
  assert.deepEqual(buttons.map((one) => one.disabled), [true, true]);
  assert.equal(sent.elements[0].disabled, false);
});

test("a page that is shown again has its buttons back, but not those that were disabled before", () => {
  const { sending, press, pass } = desk();
  const buttons = [button(), button({ disabled: true })];
  const sent = form(buttons);
  press(sent);
  pass(0);
  sending.shownAgain();
  assert.deepEqual(buttons.map((one) => one.disabled), [false, true]);
  assert.equal(press(sent), false);
});

test("a page shown again before its button was disabled keeps it", () => {
  const { sending, press, pass } = desk();
  const buttons = [button()];
  press(form(buttons));
  sending.shownAgain();
  pass(0);
  assert.equal(buttons[0].disabled, false);
});

test("an answer that is a file, or none at all, gives the button back after a while", () => {
  const { press, pass } = desk();
  const buttons = [button()];
  const sent = form(buttons);
  press(sent);
  pass(0);
  pass(PATIENCE_MS - 1);
  assert.equal(buttons[0].disabled, true);
  pass(PATIENCE_MS);
  assert.deepEqual([buttons[0].disabled, press(sent)], [false, false]);
});

test("searches, and forms that a script sends itself, are left alone", () => {
  const { press, pass } = desk();
  const buttons = [button(), button()];
  const [search, own] = [form([buttons[0]], "get"), form([buttons[1]])];
  assert.deepEqual([press(search), press(search), press(own, true), press(own)], [false, false, true, false]);
  pass(0);
  assert.deepEqual(buttons.map((one) => one.disabled), [false, true]);
});

test("two forms of a page do not wait for each other", () => {
  const { press, pass } = desk();
  const buttons = [button(), button()];
  const forms = buttons.map((one) => form([one]));
  press(forms[0]);
  pass(0);
  assert.deepEqual([press(forms[1]), buttons[1].disabled], [false, false]);
});
