// What people type and what readers read: tidied, and the same badge not taken twice by one look of the camera.

const BADGE = /^\s*(https?:\/\/\S{1,300}\/b\/)?[a-z2-7]{132}\s*$/i;
const LONGEST = 501; // the server reads 500 characters; one more tells it that there was more
const ENROLMENT = 8;

/** Say whether a text has the form of a badge's code. */
export function looksLikeBadge(text) {
  return BADGE.test(text);
}

/** Write what was read as it is sent: whole, bounded, and a badge's code in capitals. */
export function tidyScan(text) {
  const bare = text.trim().slice(0, LONGEST);
  return looksLikeBadge(bare) ? bare.toUpperCase() : bare;
}

/** Write an enrolment code as ABCD-2345, however it was typed; null when it cannot be one. */
export function tidyEnrolment(text) {
  const bare = text.normalize("NFKC").toUpperCase().replace(/[^\p{L}\p{N}]/gu, "");
  return /^[A-Z0-9]+$/.test(bare) && bare.length === ENROLMENT ? `${bare.slice(0, 4)}-${bare.slice(4)}` : null;
}

/** Find an enrolment code in a page's address: #CODE or ?code=CODE. */
export function codeInAddress(address) {
  const { hash, searchParams } = new URL(address);
  let named = hash.slice(1);
  try {
    named = decodeURIComponent(named);
  } catch {
    named = "";
  }
  return tidyEnrolment(searchParams.get("code") ?? "") ?? tidyEnrolment(named);
}

/** A badge that stays before the camera is one scan; taken away and shown again it is another. */
export class Repeats {
  constructor(gap = 1500) {
    this.gap = gap;
    this.seen = new Map();
  }

  /** Note that a code is in view now (milliseconds); say whether it has been in view without a gap. */
  again(code, now) {
    const last = this.seen.get(code);
    for (const [other, at] of this.seen) if (now - at >= this.gap) this.seen.delete(other);
    this.seen.set(code, now);
    return last !== undefined && now - last < this.gap;
  }

  /** Take back a code that was seen and not taken. */
  forget(code) {
    this.seen.delete(code);
  }
}

/** Make a UUID, also where the page is not served over HTTPS. */
export function newId() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((b) => b.toString(16).padStart(2, "0")).join("");
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
}
