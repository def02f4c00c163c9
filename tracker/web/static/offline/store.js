// Keeps entries on the phone so that nothing can be read without the phrase.
//
// The key is made from the phrase (PBKDF2, SHA-256) and lives in memory alone. Every entry is
// sealed by itself (AES-GCM, a new nonce each time), filled up to whole steps so that its length
// tells little; its times are inside.
"use strict";

offline.store = (() => {
  const NAME = "offline";
  const ITERATIONS = 600000;
  const STEP = 8192;
  const LEAST_PHRASE = 12;
  let key = null;

  function opened(make) {
    return new Promise((resolve, reject) => {
      const asked = indexedDB.open(NAME, 1);
      let absent = false;
      asked.onupgradeneeded = () => {
        if (make) {
          asked.result.createObjectStore("lock");
          asked.result.createObjectStore("entries");
        } else {
          // Looking must not leave an empty database behind.
          absent = true;
          asked.transaction.abort();
        }
      };
      asked.onsuccess = () => {
        asked.result.onversionchange = () => asked.result.close();
        resolve(asked.result);
      };
      asked.onerror = (event) => {
        event.preventDefault();
        if (absent) {
          resolve(null);
        } else {
          reject(asked.error);
        }
      };
    });
  }

  async function ask(name, mode, work, make) {
    const base = await opened(make);
    if (!base) {
      return undefined;
    }
    try {
      return await new Promise((resolve, reject) => {
        // On the disk before we say that it is kept.
        const transaction = base.transaction(name, mode, { durability: "strict" });
        const asked = work(transaction.objectStore(name));
        transaction.oncomplete = () => resolve(asked.result);
        transaction.onabort = () => reject(transaction.error);
      });
    } finally {
      base.close();
    }
  }

  async function keyFrom(phrase, salt, iterations) {
    const words = new TextEncoder().encode(phrase.normalize("NFKC").trim());
    const raw = await crypto.subtle.importKey("raw", words, "PBKDF2", false, ["deriveKey"]);
    return crypto.subtle.deriveKey(
      { name: "PBKDF2", hash: "SHA-256", salt, iterations },
      raw,
      { name: "AES-GCM", length: 256 },
      false,
      ["encrypt", "decrypt"],
    );
  }

  async function seal(id, thing, with_) {
    const words = new TextEncoder().encode(JSON.stringify(thing));
    const filled = new Uint8Array(Math.ceil((words.length + 4) / STEP) * STEP);
    new DataView(filled.buffer).setUint32(0, words.length);
    filled.set(words, 4);
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const bound = new TextEncoder().encode(id);
    const data = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, additionalData: bound },
      with_,
      filled,
    );
    return { iv, data };
  }

  async function unseal(id, sealed, with_) {
    const bound = new TextEncoder().encode(id);
    const filled = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: sealed.iv, additionalData: bound },
      with_,
      sealed.data,
    );
    const length = new DataView(filled).getUint32(0);
    return JSON.parse(new TextDecoder().decode(new Uint8Array(filled, 4, length)));
  }

  /** Say whether this phone has a phrase already. */
  async function isSetUp() {
    return Boolean(await ask("lock", "readonly", (lock) => lock.get("lock")));
  }

  /** Take a phrase for this phone; fails where there is one. */
  async function setUp(phrase) {
    const salt = crypto.getRandomValues(new Uint8Array(16));
    const made = await keyFrom(phrase, salt, ITERATIONS);
    const check = await seal("lock", { open: true }, made);
    const lock = { salt, iterations: ITERATIONS, check };
    await ask("lock", "readwrite", (kept) => kept.add(lock, "lock"), true);
    key = made;
  }

  /** Open with the phrase; gives false for another one. */
  async function unlock(phrase) {
    const lock = await ask("lock", "readonly", (kept) => kept.get("lock"));
    const made = await keyFrom(phrase, lock.salt, lock.iterations);
    try {
      await unseal("lock", lock.check, made);
    } catch (error) {
      return false;
    }
    key = made;
    return true;
  }

  /** Forget the key. */
  function lock() {
    key = null;
  }

  function isOpen() {
    return key !== null;
  }

  /** Give a keeper that can still write down what became of an entry after the page was closed. */
  function keeper() {
    const held = key;
    return async (entry) => {
      const sealed = await seal(entry.id, entry, held);
      await ask("entries", "readwrite", (entries) => entries.put({ ...sealed, id: entry.id }, entry.id));
    };
  }

  /** Keep an entry under its id. */
  async function keep(entry) {
    await keeper()(entry);
  }

  async function remove(id) {
    await ask("entries", "readwrite", (entries) => entries.delete(id));
  }

  /** Give one entry as it stands now, or null where it is gone. */
  async function one(id) {
    const held = key;
    const row = await ask("entries", "readonly", (entries) => entries.get(id));
    return row ? unseal(id, row, held) : null;
  }

  /** Give all entries, the oldest first, and how many could not be read. */
  async function all() {
    const held = key;
    const rows = (await ask("entries", "readonly", (entries) => entries.getAll())) || [];
    const entries = [];
    let damaged = 0;
    for (const row of rows) {
      try {
        entries.push(await unseal(row.id, row, held));
      } catch (error) {
        damaged += 1;
      }
    }
    entries.sort((one, other) => one.made - other.made);
    return { entries, damaged };
  }

  /** Remove everything at once: contents, database, kept files, the worker. */
  async function wipe() {
    key = null;
    for (const name of ["entries", "lock"]) {
      await ask(name, "readwrite", (kept) => kept.clear()).catch(() => null);
    }
    const whole = await new Promise((resolve) => {
      const asked = indexedDB.deleteDatabase(NAME);
      asked.onsuccess = () => resolve(true);
      asked.onerror = asked.onblocked = () => resolve(false);
    });
    if (self.caches) {
      const names = await caches.keys();
      await Promise.all(names.map((name) => caches.delete(name)));
    }
    if (navigator.serviceWorker) {
      const known = await navigator.serviceWorker.getRegistrations();
      await Promise.all(known.map((each) => each.unregister()));
    }
    return whole;
  }

  return { LEAST_PHRASE, isSetUp, setUp, unlock, lock, isOpen, keep, keeper, remove, one, all, wipe };
})();
