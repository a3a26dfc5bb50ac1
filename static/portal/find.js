// Names are offered while somebody types an organisation's name: a combobox with a list, by mouse and by keyboard. Without this script the form asks by a page.

const WAIT_MS = 250;
const LEAST = 3;

export class Finder {
  constructor(form, ask = (address) => fetch(address).then((answer) => (answer.ok ? answer.json() : []))) {
    this.form = form;
    this.ask = ask;
    this.input = form.querySelector("input[type=search]");
    this.list = document.createElement("ul");
    this.turn = 0;
    this.at = -1;
    this.dress();
    this.input.addEventListener("input", () => this.later());
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("blur", () => setTimeout(() => this.close(), 200));
  }

  dress() {
    Object.assign(this.list, { id: "finder-list", hidden: true, className: "finder__list" });
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", this.form.querySelector("label").textContent.trim());
    this.input.after(this.list);
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": "finder-list" })) this.input.setAttribute(name, value);
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.look(), WAIT_MS);
  }

  async look() {
    const typed = this.input.value.trim();
    const turn = ++this.turn;
    if (typed.length < LEAST) return this.close();
    const found = await this.ask(`${this.form.dataset.finder}&q=${encodeURIComponent(typed)}`).catch(() => []);
    return turn === this.turn ? this.show(found) : undefined;
  }

  show(found) {
    this.at = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.list.replaceChildren(...found.map((one, number) => this.option(one, number)));
    if (!found.length) this.list.append(this.nothing());
    this.list.hidden = false;
    this.input.setAttribute("aria-expanded", "true");
  }

  nothing() {
    const line = document.createElement("li");
    line.className = "finder__none";
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    line.textContent = this.form.dataset.none;
    return line;
  }

  option({ name, where, page }, number) {
    const option = document.createElement("li");
    const title = document.createElement("bdi");
    const place = document.createElement("small");
    Object.assign(option, { id: `finder-${number}`, className: "finder__option" });
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.page = page;
    title.textContent = name;
    place.textContent = where;
    option.append(title, " ", place);
    option.addEventListener("mousedown", (event) => event.preventDefault());
    option.addEventListener("click", () => this.go(option));
    return option;
  }

  options() {
    return [...this.list.querySelectorAll("[data-page]")];
  }

  key(event) {
    const options = this.list.hidden ? [] : this.options();
    if (event.key === "Escape" && !this.list.hidden) {
      event.preventDefault();
      this.close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && options.length) {
      event.preventDefault();
      this.mark(options, (this.at + (event.key === "ArrowDown" ? 1 : -1) + options.length + (this.at < 0 && event.key === "ArrowUp" ? 1 : 0)) % options.length);
    } else if (event.key === "Enter" && options[this.at]) {
      event.preventDefault();
      this.go(options[this.at]);
    }
  }

  mark(options, at) {
    this.at = at;
    options.forEach((option, number) => option.setAttribute("aria-selected", String(number === at)));
    this.input.setAttribute("aria-activedescendant", options[at].id);
    options[at].scrollIntoView?.({ block: "nearest" });
  }

  go(option) {
    window.location.assign(option.dataset.page);
  }

  close() {
    this.turn += 1;
    this.at = -1;
    this.list.hidden = true;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
  }
}

for (const form of document.querySelectorAll("[data-finder]")) new Finder(form);
