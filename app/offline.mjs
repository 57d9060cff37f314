// The service worker: registered once the shell runs, so that it takes nothing from the first
// paint; a new version waits until the person asks for it.

const container = "serviceWorker" in navigator ? navigator.serviceWorker : null;


/** @type {ServiceWorkerRegistration | null} */
let registration = null;
/** @type {Promise<boolean> | null} what register() answers */
let registered = null;
let hopeless = !container; // there is no service worker, and there will be none on this page
let applying = false;
let outdated = false; // a newer version waits, or has taken over in another tab
let outdate = () => {};

/**
 * @param {() => void} onUpdate called when a new version is installed and waits
 * @returns {Promise<boolean>} whether there is a service worker
 */
export function register(onUpdate) {
  registered = registering(onUpdate);
  return registered;
}

/** @param {() => void} onUpdate */
async function registering(onUpdate) {
  outdate = () => {
    outdated = true;
    onUpdate();
  };
  if (!container) return false;
  try {
    registration = await container.register(new URL("../../sw.js", import.meta.url), {
      updateViaCache: "none",
    });
  } catch (error) {
    console.info("No service worker, so nothing is kept for offline use:", error);
    hopeless = true;
    return false;
  }
  if (!registration) {
    hopeless = true; // refused without an error, as some test tools do
    return false;
  }
  const current = registration;
  const watch = (/** @type {ServiceWorker | null} */ worker) => {
    worker?.addEventListener("statechange", () => {
      if (worker.state === "installed" && container.controller) outdate();
    });
  };
  if (current.waiting && container.controller) outdate();
  watch(current.installing);
  current.addEventListener("updatefound", () => watch(current.installing));
  if (container.controller) {
    // Another tab applied the update: this page is of the old version, and should be loaded anew.
    container.addEventListener("controllerchange", () => !applying && outdate());
  }
  return true;
}

// The folder that this page's files are in; the workers of the engine and of the downloads come from
// the same folder, so with them it agrees by its address.
const VERSION = new URL("..", import.meta.url).pathname.split("/").at(-2);
const ANSWER_MS = 5000;
const KEEP_MS = 120_000; // some hundred kilobytes on a slow line

/**
 * Asks the service worker that answers this page's requests.
 * @template Answer
 * @param {string} type @param {number} milliseconds @param {Answer} none where no answer comes
 * @returns {Promise<Answer>}
 */
function asked(type, milliseconds, none) {
  if (!container?.controller) return Promise.resolve(none);
  const { port1, port2 } = new MessageChannel();
  container.controller.postMessage({ type, version: VERSION }, [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data);
    setTimeout(resolve, milliseconds, none);
  });
}

/**
 * Has the service worker keep what few people open (the demos, the lab, videos), too.
 * @returns {Promise<boolean>} whether all of it is kept now
 */
export const keepAll = () => asked("KEEP_ALL", KEEP_MS, false);

/**
 * Whether this page and the service worker are of one version; if not, a newer one waits to be used.
 * @returns {Promise<string>} JSON text: {"version" of the service worker, "" where there is none;
 *   "agrees", "alone": whether no other page of this app is open}
 */
export async function handshake() {
  const answer = await asked("VERSION", ANSWER_MS, { version: "", alone: false });
  const agrees = !answer.version || answer.version === VERSION;
  if (!agrees) outdate();
  return JSON.stringify({ ...answer, agrees });
}

/** Whether there is a newer version than the one that this page is of. */
export const updateWaits = () => outdated;

/**
 * Whether the page itself would load without the network: a service worker answers its requests,
 * and what it starts from is still kept (a browser short of room throws things away).
 * @returns {Promise<boolean>}
 */
export async function pageKept() {
  if (!container?.controller) return false;
  const links = document.querySelectorAll("link[data-name]");
  const starts = [...links].map((link) => /** @type {HTMLLinkElement} */ (link).href);
  const page = new URL("../../index.html", import.meta.url).href;
  try {
    const found = [page, ...starts].map((url) => caches.match(url, { ignoreSearch: true }));
    return (await Promise.all(found)).every(Boolean);
  } catch {
    return false;
  }
}

/**
 * Whether this site's host answers now: asks for a newer version, which is due anyway.
 * @returns {Promise<boolean>}
 */
export async function lineWorks() {
  try {
    await registration?.update();
    return navigator.onLine && Boolean(registration);
  } catch {
    return false;
  }
}

/**
 * The room that this site has and uses.
 * @returns {Promise<string>} JSON text: {"usage", "quota"} in bytes, -1 where the browser does not
 *   tell, and "persisted": whether it has promised to keep what is stored
 */
export async function storage() {
  const manager = navigator.storage;
  const asked = Promise.all([
    manager?.estimate?.().catch(() => null),
    manager?.persisted?.().catch(() => false),
  ]);
  const [estimate, persisted] = await asked;
  return JSON.stringify({
    usage: estimate?.usage ?? -1,
    quota: estimate?.quota ?? -1,
    persisted: persisted ?? false,
  });
}

/**
 * Asks the browser to keep what is stored. Some ask the person first, and Firefox never answers
 * when the person does not, so nobody may wait for this on the way to something else.
 * @returns {Promise<boolean>}
 */
export async function persist() {
  try {
    return (await navigator.storage?.persist?.()) ?? false;
  } catch {
    return false;
  }
}

/** Lets the waiting version take over, if it still waits, and loads the page anew. */
export function applyUpdate() {
  applying = true;
  if (!container || !registration?.waiting) {
    location.reload();
    return;
  }
  container.addEventListener("controllerchange", () => location.reload(), { once: true });
  registration.waiting.postMessage({ type: "SKIP_WAITING" });
}

/**
 * Whether a service worker is about to answer this page's requests: then files may be fetched into
 * its caches meanwhile. After a hard reload there is one that will not answer this page.
 */
export async function coming() {
  if (container?.controller) return true;
  return Boolean(await registered) && Boolean(registration?.installing ?? registration?.waiting);
}

/**
 * Waits until the service worker answers this page's requests: on the first visit it is still
 * being installed when the engine is first wanted.
 * @param {number} milliseconds how long to wait when none is being installed; a slow line takes
 *   its time for the files that one needs
 * @returns {Promise<boolean>}
 */
export async function controlled(milliseconds) {
  if (container?.controller) return true;
  if (hopeless || !container) return false;
  const change = new Promise((resolve) => {
    container.addEventListener("controllerchange", () => resolve(true), { once: true });
  });
  for (;;) {
    const limit = new Promise((resolve) => setTimeout(resolve, milliseconds, false));
    if (await Promise.race([change, limit])) return true;
    if (!registration?.installing) break;
  }
  hopeless = true; // a hard reload leaves a page without one until it is loaded again
  return false;
}
