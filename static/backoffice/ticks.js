// The rows of a list are ticked: all of the page at once, and how many they are is said beside the choice. Without this script the link does the same by a new page.

export class Ticks {
  constructor(boxes, link, count) {
    Object.assign(this, { boxes, link, count });
  }

  ticked() {
    return this.boxes.filter((box) => box.checked).length;
  }

  tickAll() {
    const wanted = this.ticked() < this.boxes.length;
    for (const box of this.boxes) box.checked = wanted;
    this.say();
  }

  say() {
    this.count.hidden = false;
    this.count.textContent = String(this.ticked());
  }
}

if (typeof document !== "undefined") {
  const form = document.getElementById("together");
  if (form) {
    const ticks = new Ticks([...form.querySelectorAll("input[name=chosen]")], form.querySelector("[data-tick-all]"), form.querySelector("[data-ticked]"));
    ticks.link.addEventListener("click", (event) => {
      event.preventDefault();
      ticks.tickAll();
      form.querySelector("#scope-ticked").checked = true;
    });
    for (const box of ticks.boxes) {
      box.addEventListener("change", () => {
        form.querySelector("#scope-ticked").checked = true;
        ticks.say();
      });
    }
    window.addEventListener("pageshow", () => ticks.say()); // a page that is come back to has its ticks
  }
}
