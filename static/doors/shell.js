// Keeps the scanner's own page and files, so that it opens where there is no network. The network is always asked first;
// what is kept belongs together, since a new version of any file makes a new keep beside the old one.

const { name, page, files } = self.kept;
const PATIENCE = 4000; // milliseconds
const path = (address) => new URL(address, self.location).pathname;
const ours = new Set(files.map(path));

async function fill() {
  const keep = await caches.open(name);
  await keep.addAll([page, ...files].map((address) => new Request(address, { cache: "reload" })));
}

async function tidy() {
  const names = await caches.keys();
  await Promise.all(names.filter((other) => other.startsWith("door-") && other !== name).map((other) => caches.delete(other)));
  await self.clients.claim();
}

/** Keep a page that was opened, in its language, when it is of this version. */
async function renew(answer) {
  if (answer.headers.get("Door-Shell") !== name) return;
  const copy = answer.clone();
  await caches.open(name).then((keep) => keep.put(page, copy));
}

/** Ask the network; after a while, or when it fails, take what is kept. */
async function answer(event, isPage) {
  const kept = () => caches.open(name).then((keep) => keep.match(isPage ? page : event.request, { ignoreSearch: true }));
  const asked = fetch(event.request);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE)).then(kept);
  try {
    const given = (await Promise.race([asked, late])) ?? (await asked);
    if (isPage && given.ok) event.waitUntil(renew(given.clone()));
    return given;
  } catch {
    return (await kept()) ?? Response.error();
  }
}

self.addEventListener("install", (event) => event.waitUntil(fill().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("fetch", (event) => {
  const { method, mode, url } = event.request;
  if (method !== "GET" || new URL(url).origin !== self.location.origin) return;
  const isPage = mode === "navigate" && path(url) === path(page);
  if (isPage || ours.has(path(url))) event.respondWith(answer(event, isPage));
});
