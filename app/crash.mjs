// Notices that the page ended without a word while the engine was at work and the page in sight: the
// browser took it for want of memory, or crashed. A mark is kept while that is so, and a lock, which
// the browser lets go of when the page is gone. A page that is hidden or left says so, and takes its
// mark away; a phone that ends hidden pages does nothing unusual.
// Without Web Locks nothing is noticed: then living pages cannot be told from dead ones.

const PREFIX = `mekiki:${new URL("../..", import.meta.url).pathname}:running:`;
const key = PREFIX + Math.random().toString(36).slice(2);
const locks = navigator.locks;

/** @type {string | null} what is at work */ let work = null;
/** @type {(() => void) | null} */ let unlock = null;

function mark() {
  const atWork = work !== null && document.visibilityState === "visible";
  try {
    if (atWork) localStorage.setItem(key, /** @type {string} */ (work));
    else localStorage.removeItem(key);
  } catch {
    return; // no storage here
  }
  if (atWork && !unlock) {
    locks?.request(key, () => new Promise((resolve) => (unlock = () => resolve(null))))?.catch(() => {});
  } else if (!atWork) {
    unlock?.();
    unlock = null;
  }
}

/**
 * Takes note of what the engine works at from now on.
 * @param {object | null} what JSON can hold; null where it does not run any more
 */
export function working(what) {
  work = what && JSON.stringify(what);
  mark();
}

addEventListener("visibilitychange", mark);
addEventListener("pagehide", () => {
  const now = work;
  work = null;
  mark();
  work = now; // it may come back from the browser's cache of pages
});
addEventListener("pageshow", mark);

/**
 * What a page was working at when it ended without a word; told once.
 * @returns {Promise<string>} JSON text; "null" where none did
 */
export async function ended() {
  try {
    const keys = Object.keys(localStorage).filter((each) => each.startsWith(PREFIX) && each !== key);
    if (!keys.length || !locks) return "null";
    const living = ((await locks.query()).held ?? []).map(({ name }) => name);
    const dead = keys.filter((each) => !living.includes(each));
    const last = dead.map((each) => localStorage.getItem(each)).at(-1);
    for (const each of dead) localStorage.removeItem(each);
    return last ?? "null";
  } catch {
    return "null";
  }
}
