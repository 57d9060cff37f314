// Keeps small choices in the browser. Storage may refuse at any time (private windows, no room), and
// MicroPython cannot catch what JavaScript throws at once, so that is caught here: then a choice
// lasts as long as the page.

// Origins are shared (user.github.io), so the keys carry our scope. early.js reads two of them.
const PREFIX = `mekiki:${new URL("../..", import.meta.url).pathname}:`;

/** @type {Map<string, string>} */
const unkept = new Map();

/** @param {string} name @returns {string | null} */
export function read(name) {
  try {
    return unkept.get(name) ?? localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

/** @param {string} name @param {string} value */
export function keep(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
    unkept.delete(name);
  } catch {
    unkept.set(name, value);
  }
}

/** Forgets every choice. */
export function forget() {
  unkept.clear();
  try {
    const keys = Array.from({ length: localStorage.length }, (_, index) => localStorage.key(index));
    for (const key of keys) if (key?.startsWith(PREFIX)) localStorage.removeItem(key);
  } catch {
    // nothing was kept
  }
}
