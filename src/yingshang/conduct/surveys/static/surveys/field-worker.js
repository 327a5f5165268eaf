// Keeps one page of an interviewer alive without network. The page itself fills the store;
// here the network comes first, and what was kept when it is silent.

const STORE = "surveys-field";
const PATIENCE = 4000; // a network that is there and does not answer

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function fromNetwork(request) {
  const patience = new AbortController();
  const timer = setTimeout(() => patience.abort(), PATIENCE);
  try {
    return await fetch(request, { signal: patience.signal });
  } finally {
    clearTimeout(timer);
  }
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET" || new URL(request.url).origin !== self.location.origin) return;
  if (request.cache === "no-store") return; // the page asks what the server says now
  event.respondWith((async () => {
    const kept = await caches.open(STORE).then((store) => store.match(request, { ignoreVary: true }));
    if (!kept) return fetch(request);
    return fromNetwork(request).catch(() => kept);
  })());
});
