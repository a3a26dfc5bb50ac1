// The camera on the scanning screen: its picture, its buttons, and when it rests.

import { Camera } from "./camera.js";
import { part, show, write } from "./page.js";
import { makeReader } from "./reader.js";

const TROUBLES = ["denied", "missing", "busy", "lost", "insecure"];

export class Eyes {
  constructor({ texts, settings, onCode }) {
    this.texts = texts;
    this.wanted = false;
    this.note = "";
    this.state = "off";
    let reading = null;
    const reader = () => (reading ??= makeReader(settings));
    this.camera = new Camera({ video: part("video"), reader, onCode, onState: (state) => this.told(state) });
    part("again").addEventListener("click", () => this.camera.start());
    part("other-camera").addEventListener("click", () => this.camera.next());
    part("torch").addEventListener("click", () => this.light(part("torch").getAttribute("aria-pressed") !== "true"));
    document.addEventListener("visibilitychange", () => this.follow());
  }

  /** Open or close the camera. */
  want(wanted) {
    this.wanted = wanted;
    this.follow();
  }

  follow() {
    if (this.wanted && document.visibilityState === "visible") {
      this.camera.start();
      this.stayAwake();
    } else this.camera.stop();
  }

  async stayAwake() {
    this.lock = await navigator.wakeLock?.request("screen").catch(() => null);
  }

  async light(on) {
    await this.camera.light(on);
    part("torch").setAttribute("aria-pressed", String(on));
  }

  told(state) {
    this.state = state;
    part("finder").dataset.camera = TROUBLES.includes(state) ? "trouble" : state;
    show("again", TROUBLES.includes(state) && state !== "insecure");
    this.hint();
    if (state === "on") this.offer();
  }

  /** Write a note in place of the usual hint; an empty one takes it back. Trouble with the camera goes before it. */
  say(note) {
    this.note = note;
    this.hint();
  }

  hint() {
    write("hint", TROUBLES.includes(this.state) ? this.texts.finder[this.state] : this.note || this.texts.finder[this.state]);
  }

  async offer() {
    part("torch").setAttribute("aria-pressed", "false");
    show("torch", this.camera.hasTorch);
    show("other-camera", (await this.camera.cameras()).length > 1);
  }
}
