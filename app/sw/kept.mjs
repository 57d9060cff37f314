// The engine's worker runs without the network once everything it needs is kept: what it asks for
// comes from our caches or not at all. So each detection proves that it works offline, and code of
// the person's own can send nothing anywhere, not even to this site's host. The worker says so in
// its address, and in a header where it can: not every browser tells a worker's requests from its
// page's.

const MARK = "kept"; // as in app/bridge.mjs, app/run/ and py/worker.mjs
const HEADER = "X-Mekiki-Kept";

const clients = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self)).clients;

/** @param {FetchEvent} event */
export async function networkRefused(event) {
  if (event.request.headers.has(HEADER)) return true;
  if (!event.clientId) return false;
  const client = await clients.get(event.clientId);
  return Boolean(client && new URL(client.url).searchParams.has(MARK));
}
