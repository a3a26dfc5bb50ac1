// What an answer of the server means on the screen: which of the screens, which word, and why and what to do in words.

const KINDS = { admitted: "enter", already_inside: "look", refused: "stop", stored: "look" };
export const LASTS = { enter: 2500, look: 8000, stop: 10_000, undecided: 8000 }; // milliseconds on the screen
export const HOLDS = { enter: 700, look: 1500, stop: 1500, undecided: 700 }; // before the camera's next badge may replace it

/** Put values into a text's {places}. */
export function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (place, name) => values[name] ?? place);
}

/** Say since when and where the holder is inside; the day too when it is not today. */
function since({ at, time, gate }, texts, clock, locale) {
  const instant = Date.parse(at);
  const known = !Number.isNaN(instant);
  return fill(known && !clock.isToday(instant) ? texts.since_day : texts.since, { time, gate, day: known ? clock.day(instant, locale) : "" });
}

/** Put an answer (null when the server gave none) into words: kind, word, name, organisation, category, why, what. */
export function inWords(scan, { direction, texts, clock, locale }) {
  if (scan === null) return { kind: "undecided", word: texts.words.undecided, name: "", organisation: "", category: "", ...texts.undecided };
  const kind = KINDS[scan.outcome] ?? "look";
  const word = texts.words[kind === "enter" && direction === "out" ? "leave" : kind];
  const { name = "", organisation = "", category = "" } = scan.holder ?? {};
  const reason = texts.reasons[scan.reason] ?? (kind === "enter" ? texts.reasons.ok : texts.other);
  const said = reason[direction] ?? reason;
  const why = scan.since && kind === "look" ? since(scan.since, texts, clock, locale) : said.why;
  return { kind, word, name: name ?? "", organisation: organisation ?? "", category: category ?? "", why, what: said.what };
}
