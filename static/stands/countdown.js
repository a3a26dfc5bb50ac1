/* Counts down what is left of a hold, says it aloud at five minutes and at one, and shows what to do when it ran out. */
const SAID_AT = [300, 60];

export function clockText(seconds) {
  const left = Math.max(0, Math.ceil(seconds));
  return `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
}

function run(hold) {
  const ends = performance.now() + Number(hold.dataset.endsIn) * 1000;
  const time = hold.querySelector("[data-hold-time]");
  const aloud = hold.querySelector("[data-hold-aloud]");
  let before = Infinity;
  const tick = () => {
    const left = (ends - performance.now()) / 1000;
    time.textContent = clockText(left);
    if (SAID_AT.some((at) => left <= at && before > at && before !== Infinity)) aloud.textContent = clockText(left);
    before = left;
    if (left > 0) return;
    clearInterval(timer);
    hold.querySelector("[data-hold-over]")?.removeAttribute("hidden");
    for (const gone of hold.querySelectorAll("[data-hold-running]")) gone.hidden = true;
  };
  const timer = setInterval(tick, 500);
  tick();
}

if (typeof document !== "undefined") for (const hold of document.querySelectorAll("[data-ends-in]")) run(hold);
