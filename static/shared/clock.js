/* The show's clock: the device's own, or in the demo the one that its line on the page describes; the line itself gets the time of day. */

const line = document.querySelector("[data-show-at]");

/** The show's time, in milliseconds since 1970. */
export function showNow() {
  return line ? Number(line.dataset.showAt) + (Date.now() - Number(line.dataset.realAt)) : Date.now();
}

function tell() {
  const minutes = Math.floor(showNow() / 60000) + Number(line.dataset.offset);
  const two = (number) => String(number).padStart(2, "0");
  const text = line.dataset.pattern.replace("HH", two(Math.floor(minutes / 60) % 24)).replace("MM", two(minutes % 60));
  if (line.textContent !== text) line.textContent = text;
}

if (line) {
  tell();
  setInterval(tell, 5000);
}
