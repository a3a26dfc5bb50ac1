// The server's three addresses for a door. A call never throws: no answer is status 0.

const ROOT = "../api/v1/door/";

/** Ask the server; `patience` is in milliseconds. Returns status, content, when it was sent and how long it took. */
export async function call(path, { token, body, patience = 8000 } = {}) {
  const control = new AbortController();
  const timer = setTimeout(() => control.abort(), patience);
  const sent = Date.now();
  const start = performance.now();
  const told = (status, content) => ({ status, content, sent, took: performance.now() - start });
  const headers = { Accept: "application/json", "Accept-Language": document.documentElement.lang };
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body) headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(ROOT + path, {
      method: body ? "POST" : "GET",
      headers,
      body: body && JSON.stringify(body),
      credentials: "omit",
      cache: "no-store",
      redirect: "error",
      signal: control.signal,
    });
    const content = await answer.json().catch(() => null);
    // A page of some other network's portal is no answer of the server.
    return content === null ? told(0, null) : told(answer.status, content);
  } catch {
    return told(0, null);
  } finally {
    clearTimeout(timer);
  }
}
