// The service worker: Python's files are kept forever, since their names change with their content;
// pages and the rest come from the network, and from what is kept where there is none.

/** @import { FetchEvent, ServiceWorkerScope } from "./protocol.d.ts" */

const worker = /** @type {ServiceWorkerScope} */ (/** @type {unknown} */ (self));
const NAME = "cvbook-live";
const FIXED = /\/_static\/live\//;

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (event) => event.waitUntil(worker.clients.claim()));

worker.addEventListener("message", (event) => {
  event.waitUntil(keep(event.data.urls, event.data.current));
});

/**
 * @param {string[]} urls
 * @param {string[]} current beginnings of the addresses of Python's files
 */
async function keep(urls, current) {
  const cache = await caches.open(NAME);
  for (const { url } of await cache.keys()) {
    const isOld = FIXED.test(url) && !current.some((start) => url.startsWith(start));
    if (isOld) await cache.delete(url);
  }
  await Promise.all(
    urls.map(async (url) => {
      if (await cache.match(url)) return;
      const response = await fetch(url).catch(() => null);
      if (response?.ok) await cache.put(url, response);
    }),
  );
}

worker.addEventListener("fetch", (event) => {
  const { request } = event;
  const isOwn = request.method === "GET" && request.url.startsWith(worker.location.origin);
  if (isOwn) event.respondWith(FIXED.test(request.url) ? keptFirst(event) : networkFirst(event));
});

/** @param {FetchEvent} event */
async function keptFirst(event) {
  const cache = await caches.open(NAME);
  const kept = await cache.match(event.request.url);
  return kept ?? fetchAndKeep(event, cache);
}

/** @param {FetchEvent} event */
async function networkFirst(event) {
  const { request } = event;
  const cache = await caches.open(NAME);
  try {
    return await fetchAndKeep(event, cache);
  } catch (error) {
    const kept = await cache.match(request, { ignoreSearch: request.mode === "navigate" });
    if (kept) return kept;
    throw error;
  }
}

/**
 * The page gets the response while it is being kept.
 *
 * @param {FetchEvent} event
 * @param {Cache} cache
 */
async function fetchAndKeep(event, cache) {
  const response = await fetch(event.request);
  if (response.ok) {
    const kept = cache.put(event.request.url, response.clone());
    event.waitUntil(kept.catch(() => {})); // a full disk is no reason to fail
  }
  return response;
}
