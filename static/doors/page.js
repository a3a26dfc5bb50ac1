// Small ways with the page's own parts.

/** Find a part of the page by its id. */
export const part = (id) => document.getElementById(id);

/** Show a part, or not. */
export function show(id, shown) {
  part(id).hidden = !shown;
}

/** Write a text into a part; an empty one hides it. */
export function write(id, text) {
  if (part(id).textContent !== text) part(id).textContent = text;
  part(id).hidden = text === "";
}

/** Show what is to mend at a field, and go there; an empty message takes it away. */
export function mend(id, message) {
  write(`${id}-error`, message);
  part(`${id}-field`).classList.toggle("field--wrong", message !== "");
  if (message) {
    part(id).setAttribute("aria-invalid", "true");
    part(id).focus();
  } else part(id).removeAttribute("aria-invalid");
}
