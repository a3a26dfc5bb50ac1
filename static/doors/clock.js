// The show's clock, taken from the server: a telephone's own zone and time are never trusted.

const TWO = (number) => String(number).padStart(2, "0");

export class ShowClock {
  constructor(offset = 0, minutes = 0) {
    this.offset = offset; // milliseconds: server minus device
    this.minutes = minutes; // the show's wall time minus UTC
  }

  /** Take what the server said (`now`, `utc_offset`) in an answer asked for at `sent` that took `took` milliseconds. */
  set({ now, utc_offset }, sent, took) {
    const instant = Date.parse(now);
    if (Number.isNaN(instant)) return;
    this.offset = Math.round(instant - (sent + took / 2));
    this.minutes = Number(utc_offset) || 0;
  }

  /** Shift a server's instant (milliseconds) so that its UTC parts are the show's wall time. */
  wall(instant) {
    return new Date(instant + this.minutes * 60_000);
  }

  /** Write the wall time of the device's instant, as in 10:42. */
  time(deviceNow = Date.now()) {
    const wall = this.wall(deviceNow + this.offset);
    return `${TWO(wall.getUTCHours())}:${TWO(wall.getUTCMinutes())}`;
  }

  /** Say whether a server's instant lies on the show's present day. */
  isToday(instant, deviceNow = Date.now()) {
    return this.wall(instant).toISOString().slice(0, 10) === this.wall(deviceNow + this.offset).toISOString().slice(0, 10);
  }

  /** Write the day of a server's instant in the words of a locale. */
  day(instant, locale, form = { weekday: "long", day: "numeric", month: "long" }) {
    return new Intl.DateTimeFormat(`${locale}-u-nu-latn`, { ...form, timeZone: "UTC" }).format(this.wall(instant));
  }

  /** Write the show's day where the telephone is far from it, as in the demo; nothing otherwise. */
  strangeDay(locale, deviceNow = Date.now()) {
    if (Math.abs(this.offset) < 86_400_000) return "";
    return this.day(deviceNow + this.offset, locale, { day: "numeric", month: "short", year: "numeric" });
  }
}
