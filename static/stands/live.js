/* Keeps the states of stands on a page true: asks for them every few seconds while the page is seen. */
const EVERY = 8000;
const PATTERNED = new Set(["held", "requested", "blocked"]);

export function differences(shown, states) {
  return shown.filter(([number, state]) => (states[number] ?? "free") !== state).map(([number]) => [number, states[number] ?? "free"]);
}

function paint(page, number, state) {
  for (const part of page.querySelectorAll(`[data-stand="${CSS.escape(number)}"]`)) {
    part.dataset.state = state;
    part.querySelector(".plan__pattern")?.setAttribute("fill", PATTERNED.has(state) ? `url(#plan-${state})` : "none");
    const word = part.querySelector("[data-state-word]");
    if (word) word.textContent = page.dataset[`word${state[0].toUpperCase()}${state.slice(1)}`];
    const watched = part.matches("[data-watched]");
    if (watched && state !== "free") gone(part);
  }
}

/* Somebody else took the stand that this page offers: what is most like it is shown in the place of the button. */
async function gone(part) {
  const notice = part.querySelector("[data-gone]");
  if (!notice?.hidden) return;
  notice.hidden = false;
  for (const offer of part.querySelectorAll("[data-offer]")) offer.hidden = true;
  try {
    const answer = await fetch(notice.querySelector("a").href);
    const like = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-like]");
    if (answer.ok && like) {
      notice.after(like);
      notice.querySelector("a").remove();
    }
  } catch {
    /* no network: the link stays */
  }
}

async function look(page) {
  if (document.hidden) return;
  try {
    const answer = await fetch(page.dataset.live, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const shown = [...page.querySelectorAll("[data-stand]")].map((part) => [part.dataset.stand, part.dataset.state]);
    for (const [number, state] of differences(shown, (await answer.json()).states)) paint(page, number, state);
  } catch {
    /* no network: the next look may have one */
  }
}

if (typeof document !== "undefined") {
  const page = document.querySelector("[data-live]");
  if (page) {
    setInterval(() => look(page), EVERY);
    document.addEventListener("visibilitychange", () => look(page));
  }
}
