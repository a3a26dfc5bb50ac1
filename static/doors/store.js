// What the telephone keeps: its enrolment, and the scans that the server has not acknowledged.

const ENROLMENT = "door.enrolment";
const FACTS = "facts";

/** Read the enrolment; null when there is none. */
export function readEnrolment() {
  try {
    return JSON.parse(localStorage.getItem(ENROLMENT));
  } catch {
    return null;
  }
}

/** Keep the enrolment; null forgets it. */
export function keepEnrolment(enrolment) {
  try {
    if (enrolment === null) localStorage.removeItem(ENROLMENT);
    else localStorage.setItem(ENROLMENT, JSON.stringify(enrolment));
  } catch {
    // A private window: the enrolment lasts as long as the page.
  }
}

function openDatabase() {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("door", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(FACTS, { keyPath: "id" });
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = opening.onblocked = () => reject(opening.error);
  });
}

/** Facts on disk until they are removed; in memory, and `durable` false, where the browser keeps nothing. */
export class Facts {
  constructor(database) {
    this.database = database;
    this.memory = new Map();
  }

  static async open() {
    try {
      return new Facts(await openDatabase());
    } catch {
      return new Facts(null);
    }
  }

  get durable() {
    return this.database !== null && this.memory.size === 0;
  }

  run(mode, act) {
    return new Promise((resolve, reject) => {
      const transaction = this.database.transaction(FACTS, mode, { durability: "strict" });
      const request = act(transaction.objectStore(FACTS));
      transaction.oncomplete = () => resolve(request?.result);
      transaction.onerror = transaction.onabort = () => reject(transaction.error);
    });
  }

  /** Keep a fact, on disk if that is possible. */
  async put(fact) {
    try {
      await this.run("readwrite", (store) => store.put(fact));
    } catch {
      this.memory.set(fact.id, fact);
    }
  }

  /** List what is kept. */
  async all() {
    const stored = this.database ? await this.run("readonly", (store) => store.getAll()).catch(() => []) : [];
    return [...stored, ...this.memory.values()];
  }

  /** Let go of facts that the server has. */
  async remove(ids) {
    for (const id of ids) this.memory.delete(id);
    if (!this.database) return;
    await this.run("readwrite", (store) => {
      for (const id of ids) store.delete(id);
    }).catch(() => {});
  }
}
