// A worker that tries whether everything runs without the network: what it asks for comes from our
// caches or not at all. It says so in its address, and in a header where it can: WebKit does not
// tell a worker's requests from its page's.

export const TRIAL = "offline-trial";
const HEADER = "X-Mekiki-Trial";

const clients = /** @type {ServiceWorkerGlobalScope} */ (/** @type {unknown} */ (self)).clients;

/** @param {FetchEvent} event */
export async function networkRefused(event) {
  if (event.request.headers.has(HEADER)) return true;
  if (!event.clientId) return false;
  const client = await clients.get(event.clientId);
  return Boolean(client && new URL(client.url).searchParams.has(TRIAL));
}
