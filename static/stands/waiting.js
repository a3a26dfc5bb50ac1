/* Waits for a search that is under way: asks how far it is, and shows the page anew once that changed. */
const EVERY = 1500;

export function hasMoved(shown, told) {
  return typeof told === "string" && told !== shown;
}

async function look(sign) {
  if (document.hidden) return;
  try {
    const answer = await fetch(sign.dataset.waitsFor, { headers: { Accept: "application/json" } });
    if (answer.ok && hasMoved(sign.dataset.state, (await answer.json()).state)) location.reload();
  } catch {
    /* no network: the next look may have one */
  }
}

if (typeof document !== "undefined") {
  const sign = document.querySelector("[data-waits-for]");
  if (sign) {
    setInterval(() => look(sign), EVERY);
    document.addEventListener("visibilitychange", () => look(sign));
  }
}
