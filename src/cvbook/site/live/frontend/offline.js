// Offline: a service worker keeps the pages that a reader has run cells on, and what they load.

/** @import { Manifest } from "./protocol.d.ts" */

const WAIT_MILLISECONDS = 3000;

/**
 * Register the service worker, so that what Python loads is kept as it comes. Where there is none
 * (a page without TLS), the browser's own cache has to do.
 *
 * @param {Manifest} manifest
 */
export async function keepOffline(manifest) {
  if (!("serviceWorker" in navigator)) return;
  try {
    await navigator.serviceWorker.register(manifest.serviceWorker);
    const { serviceWorker } = navigator;
    const controlled = serviceWorker.controller
      ? Promise.resolve()
      : new Promise((done) => serviceWorker.addEventListener("controllerchange", done));
    const late = new Promise((done) => setTimeout(done, WAIT_MILLISECONDS));
    await Promise.race([controlled, late]);
    const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
    const own = loaded.filter((url) => url.startsWith(location.origin));
    const urls = [location.href.replace(/#.*/, ""), ...own];
    serviceWorker.controller?.postMessage({ urls, current: manifest.current });
  } catch (error) {
    console.info(error);
  }
}
