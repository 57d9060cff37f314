// What the page itself does not load first comes gzipped by the build, so that a host which compresses
// nothing sends few bytes, too. The precache holds the files as they are.
import { isWhole } from "./digest.mjs";

/** Of the files' addresses; from tools/site/packed.py. */
const PACKED = new RegExp(/** @type {any} */ (globalThis).__PACKED__);

/** The digest of the file that a request for a packed one stands for. @type {Map<string, string>} */
const integrities = new Map();

/** For Workbox's installation: https://developer.chrome.com/docs/workbox/using-plugins */
export const unpacking = {
  /** @param {{request: Request}} asked */
  async requestWillFetch({ request }) {
    if (!("DecompressionStream" in self) || !PACKED.test(new URL(request.url).pathname)) return request;
    const address = `${request.url.split("?")[0]}.gz`;
    integrities.set(address, request.integrity);
    return new Request(address, { cache: request.cache, credentials: request.credentials });
  },

  /** @param {{request: Request, response: Response}} answered */
  async fetchDidSucceed({ request, response }) {
    const integrity = integrities.get(request.url);
    if (integrity === undefined || !response.ok || !response.body) return response;
    // Some hosts say of .gz files that they are encoded, and then the browser has unpacked them.
    const encoded = response.headers.get("Content-Encoding") === "gzip";
    const gzip = new DecompressionStream("gzip");
    const plain = encoded ? response.body : response.body.pipeThrough(gzip);
    const headers = new Headers({ "Content-Type": typeOf(new URL(request.url).pathname) });
    const whole = new Response(await new Response(plain).blob(), { headers });
    if (!(await isWhole(whole, integrity))) throw new TypeError(`${request.url}: not as built`);
    return whole;
  },
};

/** @param {string} path of a file with .gz at its end */
function typeOf(path) {
  if (path.endsWith("js.gz")) return "text/javascript";
  if (path.endsWith(".css.gz")) return "text/css";
  return path.endsWith(".json.gz") ? "application/json" : "application/octet-stream";
}
