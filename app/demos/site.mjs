// What the pages know of this build: site.json, fetched once.

/** @typedef {{runtime: string, stdlib: string, locks: Record<string, string>}} Engine */
/** @typedef {{words: Record<string, Record<string, string>>, engine: Engine, micropython: string}} Site */

/** @type {Site | null} */ let known = null;

/** @returns {Promise<Site>} */
export async function site() {
  if (!known) {
    const response = await fetch(new URL("./site.json", import.meta.url));
    if (!response.ok) throw new Error(`site.json: HTTP ${response.status}`);
    known = /** @type {Site} */ (await response.json());
  }
  return known;
}

/**
 * The words for a key in the page's language. site() must have answered.
 * @param {string} key @param {Record<string, unknown>} [values] for {names} in it
 */
export function say(key, values = {}) {
  const words = known?.words[document.documentElement.lang === "ja" ? "ja" : "en"] ?? {};
  return (words[key] ?? key).replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}
