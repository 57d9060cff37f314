// Headers that static hosts do not send: the service worker answers for the shell, so it adds them,
// on every host. A policy in <meta> does not hold in workers, and there the person's own code runs.
// Only for pages and workers: an answer made anew loses the browser's compiled code.

/** @typedef {Record<string, string>} Headers */
// Both from tools/site/policy.py.
/** @type {Headers} */ const PAGE = /** @type {any} */ (globalThis).__PAGE_HEADERS__;
/** @type {Headers} */ const WORKER = /** @type {any} */ (globalThis).__WORKER_HEADERS__;

const isWorker = (/** @type {URL} */ url) => /(^|[./])worker\.mjs$/.test(url.pathname);

/** @param {Response} response @param {URL} url of the file */
export function dressed(response, url) {
  const more = url.pathname.endsWith(".html") ? PAGE : isWorker(url) ? WORKER : null;
  if (!more) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(more)) headers.set(name, value);
  return new Response(response.body, { headers });
}
