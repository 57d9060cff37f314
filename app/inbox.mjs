// Files that the system hands over: pictures that another app shared, which sw.js has put into a
// cache, and files opened with the app, which the browser queues.

const SCOPE = new URL("../..", import.meta.url).pathname;
const INBOX_CACHE = `mekiki-inbox:${SCOPE}`; // the same as in sw.js
// A share whose page never came, because the phone ended it, is for whoever starts next.
const ABANDONED_MS = 60_000;
// The launch that opened this page is in the address too, and comes through the queue at once.
const OWN_LAUNCH_MS = 3000;
const openedAt = location.href;

/**
 * Takes shared pictures out of the inbox; of several windows, one gets each of them.
 * @param {boolean} ours whether the share was sent to this page
 * @returns {Promise<File[]>} in the order in which they were shared
 */
export async function take(ours) {
  const files = [];
  try {
    if (!("caches" in globalThis) || !(await caches.has(INBOX_CACHE))) return [];
    const inbox = await caches.open(INBOX_CACHE);
    for (const request of await inbox.keys()) {
      const [time, , name] = request.url.split("/").slice(-3);
      if (!ours && Date.now() - Number(time) < ABANDONED_MS) continue;
      const blob = await (await inbox.match(request))?.blob();
      // Deleting succeeds in one window only.
      if (!blob || !(await inbox.delete(request))) continue;
      files.push(new File([blob], decodeURIComponent(name ?? ""), { type: blob.type }));
    }
  } catch (error) {
    console.info("The shared pictures could not be read:", error);
  }
  return files;
}

/** Takes the share out of the address, so that loading the page again does not look for it. */
export function forget() {
  const address = new URL(location.href);
  address.searchParams.delete("shared");
  history.replaceState(history.state, "", address);
}

/**
 * Hears of later launches: the browser brings this window to the front instead of opening another.
 * @param {(search: string, files: File[], unread: number) => void} onLaunch with the query of the
 *   address that was asked for (empty when this page follows it already), the files opened with
 *   the app, and how many more could not be read
 */
export function listen(onLaunch) {
  const queue = /** @type {any} */ (globalThis).launchQueue;
  const since = performance.now();
  let first = true;
  queue?.setConsumer(async (/** @type {any} */ { targetURL, files: handles = [] }) => {
    const own = first && targetURL === openedAt && performance.now() - since < OWN_LAUNCH_MS;
    first = false;
    const files = [];
    for (const handle of handles) {
      try {
        files.push(await handle.getFile());
      } catch {
        // counted below
      }
    }
    const search = targetURL && !own ? new URL(targetURL).search : "";
    onLaunch(search, files, handles.length - files.length);
  });
}
