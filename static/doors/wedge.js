// A reader that types: keys in quick succession, ended by Enter or Tab, wherever the focus is.

import { looksLikeBadge } from "./codes.js";

const QUICK = 500; // milliseconds between two keys, also of a wireless reader on a bad day
const SHORTEST = 8;
const CERTAIN = 3; // keys after which it is no person who presses a button twice
const PLAIN = { Semicolon: ";", Slash: "/", Period: ".", Minus: "-", BracketLeft: "[", BracketRight: "]" };
const SHIFTED = { Semicolon: ":" };

/** Name the character of a key's place on the keyboard that readers are set to by their makers. */
function byPlace({ code = "", shiftKey = false }) {
  if (/^Key[A-Z]$/.test(code)) return shiftKey ? code[3] : code[3].toLowerCase();
  if (/^(Digit|Numpad)\d$/.test(code)) return code.at(-1);
  return (shiftKey && SHIFTED[code]) || PLAIN[code] || "";
}

/** Collects keys. A telephone set to another keyboard than the reader writes other letters: then the keys' places tell what was read. */
export class KeyReader {
  constructor() {
    this.clear();
  }

  clear() {
    this.typed = this.places = "";
    this.last = -Infinity;
  }

  /** Take a key pressed at a time (milliseconds); return the text when it ends one, "" when it belongs to one, else null. */
  press(event, now) {
    const quick = now - this.last < QUICK;
    if (event.key === "Enter" || event.key === "Tab") {
      const text = looksLikeBadge(this.typed) || !looksLikeBadge(this.places) ? this.typed : this.places;
      const whole = quick && text.length >= SHORTEST;
      this.clear();
      return whole ? text : null;
    }
    if (event.ctrlKey || event.altKey || event.metaKey || event.key.length !== 1) return null;
    if (!quick) this.clear();
    this.last = now;
    this.typed += event.key;
    this.places += byPlace(event);
    return this.typed.length > CERTAIN ? "" : null;
  }
}

/** Listen to the whole page; fields keep what is typed into them. */
export function listen(target, take) {
  const reader = new KeyReader();
  target.addEventListener(
    "keydown",
    (event) => {
      if (event.target.matches?.("input:not([type=radio], [type=checkbox]), textarea, select")) return;
      const text = reader.press(event, event.timeStamp);
      if (text === null) return;
      event.preventDefault();
      event.stopPropagation();
      if (text) take(text);
    },
    { capture: true },
  );
}
