// Makes and shows passkeys. Without it, or in a browser that has none, apps and codes do the same.
"use strict";

const toBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );

const toText = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replace(/=+$/, "");

async function ask(address, sent) {
  const answer = await fetch(address, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "X-CSRF-Token": document.querySelector("input[name=csrf_token]").value,
    },
    body: JSON.stringify(sent),
  });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok) {
    throw new Error(told.sentence ?? String(answer.status));
  }
  return told;
}

async function make(question) {
  const publicKey = {
    ...question,
    challenge: toBytes(question.challenge),
    user: { ...question.user, id: toBytes(question.user.id) },
    excludeCredentials: (question.excludeCredentials ?? []).map((known) => ({
      ...known,
      id: toBytes(known.id),
    })),
  };
  const made = await navigator.credentials.create({ publicKey });
  return {
    id: made.id,
    rawId: toText(made.rawId),
    type: made.type,
    response: {
      clientDataJSON: toText(made.response.clientDataJSON),
      attestationObject: toText(made.response.attestationObject),
    },
  };
}

async function show(question) {
  const publicKey = {
    ...question,
    challenge: toBytes(question.challenge),
    allowCredentials: (question.allowCredentials ?? []).map((known) => ({
      ...known,
      id: toBytes(known.id),
    })),
  };
  const shown = await navigator.credentials.get({ publicKey });
  return {
    id: shown.id,
    rawId: toText(shown.rawId),
    type: shown.type,
    response: {
      clientDataJSON: toText(shown.response.clientDataJSON),
      authenticatorData: toText(shown.response.authenticatorData),
      signature: toText(shown.response.signature),
      userHandle: shown.response.userHandle ? toText(shown.response.userHandle) : null,
    },
  };
}

async function go(part) {
  const value = (name) => part.querySelector(`input[name=${name}]`)?.value ?? "";
  const question = await ask(part.dataset.question, { password: value("passkey_password") });
  if (part.dataset.passkey === "show") {
    const answer = await show(question);
    const told = await ask(part.dataset.answer, { answer, next: part.dataset.next });
    window.location.assign(told.next);
    return;
  }
  const answer = await make(question);
  await ask(part.dataset.answer, { answer, name: value("passkey_name") });
  const form = part.querySelector("form");
  if (form) {
    form.submit();
  } else {
    window.location.assign(part.dataset.next);
  }
}

for (const part of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential) {
    part.hidden = true;
    continue;
  }
  part.hidden = false;
  const problem = part.querySelector(".problem");
  const button = part.querySelector("button[type=button]");
  button.addEventListener("click", async () => {
    problem.hidden = true;
    button.disabled = true;
    try {
      await go(part);
    } catch (error) {
      problem.textContent = error.name === "Error" ? error.message : part.dataset.refused;
      problem.hidden = false;
    }
    button.disabled = false;
  });
}
