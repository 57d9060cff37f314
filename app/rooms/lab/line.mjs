// Fetches files anew, past every cache, to tell what the line costs; what comes is thrown away.

let stopped = new AbortController();

/**
 * @param {string} addresses JSON list
 * @returns {Promise<string>} JSON text: {"ms", "bytes"} with the bytes as they are after the line's
 *   compression is undone, or {} where the network was not reached
 */
export async function fetchAnew(addresses) {
  stopped = new AbortController();
  const { signal } = stopped;
  const before = performance.now();
  try {
    const sizes = JSON.parse(addresses).map(async (/** @type {string} */ address) => {
      // sw.js lets a request that wants no cache through.
      const response = await fetch(address, { cache: "no-store", signal });
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return (await response.arrayBuffer()).byteLength;
    });
    const bytes = (await Promise.all(sizes)).reduce((sum, each) => sum + each, 0);
    return JSON.stringify({ ms: performance.now() - before, bytes });
  } catch (error) {
    stopped.abort();
    console.info("The line was not measured:", error);
    return "{}";
  }
}

/** Ends what is being fetched. */
export const stop = () => stopped.abort();
