// The strip that is always there: gate, clock, direction, server, people inside, scans that wait.

import { part, write } from "./page.js";

const DIRECTION = "door.direction";

function remembered() {
  try {
    return localStorage.getItem(DIRECTION) === "out" ? "out" : "in";
  } catch {
    return "in";
  }
}

export class Strip {
  constructor({ texts, locale, clock }) {
    Object.assign(this, { texts, locale, clock });
    this.number = new Intl.NumberFormat(`${locale}-u-nu-latn`);
    for (const way of ["in", "out"]) part(`way-${way}`).addEventListener("change", () => this.turn(way));
    part(`way-${remembered()}`).checked = true;
    this.turn(this.direction);
    this.network("unknown");
    setInterval(() => this.tick(), 1000);
  }

  get direction() {
    return part("way-out").checked ? "out" : "in";
  }

  turn(way) {
    document.body.dataset.way = way;
    try {
      localStorage.setItem(DIRECTION, way);
    } catch {
      // A private window: the direction lasts as long as the page.
    }
  }

  tick() {
    const time = this.clock.time();
    if (part("clock").textContent !== time) part("clock").textContent = time;
    write("clock-day", this.clock.strangeDay(this.locale));
  }

  /** Show whose telephone it is and how many are inside. */
  state({ gate, zone, device, edition, inside }) {
    part("gate").textContent = gate.name;
    part("zone").textContent = zone?.name ?? "";
    part("device-label").textContent = device.label || "–";
    part("edition-name").textContent = edition.name;
    part("inside").textContent = Number.isInteger(inside) ? this.number.format(inside) : "–";
    this.tick();
  }

  network(state) {
    part("network").dataset.state = state;
    part("network-word").textContent = this.texts.network[state];
  }

  waiting(count) {
    part("waiting").dataset.some = count > 0 ? "yes" : "no";
    part("waiting-count").textContent = this.number.format(count);
  }
}
