// Sends what waits, one by one, and tries again with growing pauses. The key of an entry was made
// when it was written, so that the server knows it again however often it is sent.
"use strict";

offline.sending = (() => {
  const { told, store } = offline;
  const FIRST_PAUSE_S = 5;
  const LONGEST_PAUSE_S = 300;
  const LONGEST_ANSWER_MS = 60000;
  let busy = false;
  let again = false;
  let pause = FIRST_PAUSE_S;
  let timer = null;
  let tell = () => null;
  let current = null;
  let sender = null;

  async function ask(address, options) {
    const limit = new AbortController();
    const stop = setTimeout(() => limit.abort(), LONGEST_ANSWER_MS);
    try {
      const answer = await fetch(address, {
        cache: "no-store",
        credentials: "same-origin",
        redirect: "error",
        signal: limit.signal,
        ...options,
      });
      // The word of a network that wants a password first is not ours: its answer is no JSON.
      const type = answer.headers.get("Content-Type") || "";
      const words = type.startsWith("application/json") ? await answer.json() : null;
      return { status: answer.status, words };
    } catch (error) {
      return { status: 0, words: null };
    } finally {
      clearTimeout(stop);
    }
  }

  async function askSession() {
    const { words } = await ask(told.addresses.session, {});
    return words && typeof words.signed_in === "boolean" ? words : null;
  }

  function post(entry, session) {
    return ask(told.addresses.entries, {
      method: "POST",
      headers: {
        "Content-Type": "application/json",
        "X-CSRF-Token": session.csrf,
        "Idempotency-Key": entry.key,
      },
      body: JSON.stringify(entry.facts),
    });
  }

  /** Send one entry and write down what became of it; gives a word for that. */
  async function sendOne(entry, session, keep) {
    const trying = { ...entry, tried: entry.tried + 1, sender: session.sender };
    // Written down before it leaves: whatever happens now, it may have arrived.
    await keep(trying);
    const { status, words } = await post(trying, session);
    if ((status === 200 || status === 201) && words && words.public_id) {
      const { id, made } = trying;
      const sent = { id, made, state: "sent", sent_at: Date.now(), public_id: words.public_id };
      await keep(sent);
      tell("entry_sent", { id: words.public_id });
      return "sent";
    }
    if (status === 422 && words && words.fields) {
      await keep({ ...trying, state: "refused", problems: words.fields, sentence: words.sentence });
      return "refused";
    }
    if (status === 409 && words && words.code) {
      await keep({ ...trying, state: "refused", problems: {}, sentence: null, other_form: true });
      return "refused";
    }
    if (status === 408 || status === 429 || status >= 500) {
      return "server_busy";
    }
    return status === 0 ? "no_network" : "session";
  }

  async function sendWaiting() {
    const keep = store.keeper();
    const waiting = (await store.all()).entries.filter((entry) => entry.state === "waiting");
    if (!waiting.length) {
      return "none";
    }
    let session = navigator.onLine === false ? null : await askSession();
    let outcome = "all_sent";
    for (const entry of waiting) {
      if (!store.isOpen()) {
        return "locked";
      }
      const standing = mayNot(session);
      if (standing) {
        return standing;
      }
      sender = session.sender;
      // Somebody may have opened or deleted it since we looked.
      const now = await store.one(entry.id);
      if (!now || now.state !== "waiting") {
        continue;
      }
      if (isOfAnother(now)) {
        outcome = "other_account";
        continue;
      }
      current = entry.id;
      tell("sending", {});
      let done = await sendOne(now, session, keep);
      if (done === "session") {
        // The word of the forms may have changed, or the session ended, since we asked.
        session = await askSession();
        const changed = mayNot(session);
        if (changed) {
          return changed;
        }
        done = await sendOne({ ...now, tried: now.tried + 1 }, session, keep);
      }
      current = null;
      tell("changed", {});
      if (done === "no_network") {
        return done;
      }
      if (done === "server_busy" || done === "session") {
        outcome = "server_busy";
      } else if (done === "refused" && outcome === "all_sent") {
        outcome = "entry_refused";
      }
    }
    return outcome;
  }

  /** Say whether an account has begun to send an entry, and another one is signed in. */
  function isOfAnother(entry) {
    return Boolean(entry.sender && sender && entry.sender !== sender);
  }

  function mayNot(session) {
    if (!session) {
      return "no_network";
    }
    if (!session.signed_in) {
      return "sign_in";
    }
    return session.may_log ? null : "may_not_log";
  }

  /** Send everything that waits; `now` forgets the pauses that have grown. */
  async function send(now) {
    if (!store.isOpen()) {
      return;
    }
    if (busy) {
      again = true;
      return;
    }
    busy = true;
    clearTimeout(timer);
    if (now) {
      pause = FIRST_PAUSE_S;
    }
    let outcome = "no_network";
    try {
      outcome = await sendWaiting();
    } finally {
      current = null;
      busy = false;
    }
    if (outcome === "no_network" || outcome === "server_busy") {
      tell(outcome, { seconds: pause });
      timer = setTimeout(send, pause * 1000);
      pause = Math.min(pause * 2, LONGEST_PAUSE_S);
    } else {
      pause = FIRST_PAUSE_S;
      tell(outcome, {});
    }
    if (again) {
      again = false;
      await send(false);
    }
  }

  function stop() {
    clearTimeout(timer);
  }

  /** Let somebody listen to what becomes of the entries. */
  function listen(listener) {
    tell = listener;
  }

  return { send, stop, listen, isOfAnother, current: () => current, isBusy: () => busy };
})();
