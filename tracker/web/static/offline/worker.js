// Keeps the page without network, and nothing else: no page of anyone, no other answer.
"use strict";

const PREFIX = "offline-";
const NAME = PREFIX + KEPT.version;
const KEPT_ADDRESSES = new Set(KEPT.addresses);

self.addEventListener("install", (event) => {
  event.waitUntil(keepAll().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOld().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== self.location.origin) {
    return;
  }
  const name = address.pathname + address.search;
  if (KEPT_ADDRESSES.has(name)) {
    event.respondWith(fromCache(name, request));
  } else if (KEPT_ADDRESSES.has(address.pathname) && request.mode === "navigate") {
    event.respondWith(fromCache(address.pathname, request));
  } else if (request.mode === "navigate") {
    // Every other page comes from the network; without it, there is the page that needs none.
    event.respondWith(fetch(request).catch(leadToOffline));
  }
});

async function keepAll() {
  const cache = await caches.open(NAME);
  await cache.addAll(KEPT.addresses.map((address) => new Request(address, { cache: "reload" })));
}

async function removeOld() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== NAME);
  await Promise.all(old.map((name) => caches.delete(name)));
}

async function fromCache(name, request) {
  const cache = await caches.open(NAME);
  return (await cache.match(name, { ignoreVary: true })) || fetch(request);
}

function leadToOffline() {
  const wanted = (self.navigator.language || "").slice(0, 2);
  const language = KEPT.languages.includes(wanted) ? wanted : KEPT.languages[0];
  return Response.redirect("/offline/" + language, 302);
}
