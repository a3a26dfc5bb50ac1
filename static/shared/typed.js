// What is typed in a form stays when the page is shown in another language: it waits in this tab for the next page, once.
// Passwords, files and hidden fields are never kept. Without this script the switch is a plain link.

export const KEY = "typed";
const NEVER = new Set(["hidden", "password", "file", "submit", "button", "image", "reset", "fieldset", "output"]);

const kept = (form) => [...form.elements].filter((one) => one.name && !NEVER.has(one.type));
const ticked = (one) => one.type === "checkbox" || one.type === "radio";
const chosen = (one) => [...one.options].filter((option) => option.selected).map((option) => option.value);

function isChanged(one) {
  if (ticked(one)) return one.checked !== one.defaultChecked;
  if (one.options) return [...one.options].some((option) => option.defaultSelected) ? [...one.options].some((option) => option.selected !== option.defaultSelected) : one.selectedIndex > 0;
  return one.value !== one.defaultValue;
}

function valueOf(one) {
  if (ticked(one)) return one.checked;
  return one.options ? chosen(one) : one.value;
}

function fill(one, value) {
  if (ticked(one)) one.checked = value;
  else if (one.options) for (const option of one.options) option.selected = value.includes(option.value);
  else one.value = value;
  for (let around = one.closest("details"); around; around = around.parentElement.closest("details")) around.open = true;
}

export class Typed {
  constructor(store, path) {
    this.store = store;
    this.path = path;
  }

  keep(forms, shownAgain = false) {
    if (!shownAgain && !forms.some((form) => kept(form).some(isChanged))) return;
    const fields = forms.map((form) => kept(form).map((one) => [one.name, ticked(one) ? one.value : null, valueOf(one)]));
    this.store.setItem(KEY, JSON.stringify({ path: this.path, fields }));
  }

  bringBack(forms) {
    const found = this.store.getItem(KEY);
    this.store.removeItem(KEY);
    const { path, fields } = JSON.parse(found ?? "{}");
    if (path !== this.path) return;
    for (const [number, form] of forms.entries()) {
      const here = kept(form);
      for (const [name, choice, value] of fields[number] ?? []) {
        const at = here.findIndex((one) => one.name === name && (choice === null || one.value === choice));
        if (at >= 0) fill(here.splice(at, 1)[0], value);
      }
    }
  }
}

if (typeof document !== "undefined") {
  const forms = () => [...document.querySelectorAll("form")].filter((form) => form.method === "post");
  const summary = document.getElementById("error-summary");
  try {
    const typed = new Typed(sessionStorage, location.pathname);
    typed.bringBack(forms());
    for (const link of document.querySelectorAll(".languages a")) link.addEventListener("click", () => typed.keep(forms(), summary !== null));
  } catch {
    // A browser that keeps nothing for us: the switch is a plain link.
  }
  summary?.focus(); // whoever does not see the page hears what is to mend
}
