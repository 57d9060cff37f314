// What an export is written into: one zip, or files of their own. Both take one file after the other
// and say when they want the next one, so that a thousand pictures are never all in memory as pixels.
import { makeZip } from "client-zip";

const TYPES = /** @type {Record<string, string>} */ ({
  jpg: "image/jpeg",
  json: "application/json",
  csv: "text/csv",
  txt: "text/plain",
  yaml: "text/plain",
  zip: "application/zip",
});

/** @param {string} name */
export const typeOf = (name) => TYPES[name.slice(name.lastIndexOf(".") + 1)] ?? "";

/** @template Item @param {ReadableStreamDefaultReader<Item>} reader */
async function* each(reader) {
  for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value;
}

/** One zip file, without compression: JPEG would not get smaller. */
class Zip {
  /** @type {WritableStreamDefaultWriter} */ #writer;
  /** @type {Promise<Blob | null>} */ #blob;

  /** @param {string} name */
  constructor(name) {
    this.name = name;
    const { readable, writable } = new TransformStream();
    this.#writer = writable.getWriter();
    this.#writer.closed.catch(() => {}); // add() and finish() tell
    const headers = { "Content-Type": typeOf(name) };
    this.#blob = new Response(makeZip(each(readable.getReader())), { headers }).blob().catch((error) => {
      console.info("The zip could not be written:", error);
      this.#writer.abort(error).catch(() => {}); // so that nobody waits to add more
      return null;
    });
  }

  /**
   * Adds a file; resolves when the next one is wanted.
   * @param {string} name with / between folders
   * @param {Blob | string} content
   * @param {string} time ISO 8601
   * @returns {Promise<boolean>} false when the zip cannot be written
   */
  async add(name, content, time) {
    try {
      await this.#writer.write({ name, input: content, lastModified: new Date(time) });
      return true;
    } catch {
      return false;
    }
  }

  /** @returns {Promise<File[]>} the zip; nothing when it could not be written */
  async finish() {
    await this.#writer.close().catch(() => {});
    const blob = await this.#blob;
    return blob ? [new File([blob], this.name, { type: typeOf(this.name) })] : [];
  }

  /** Throws away what was written. */
  cancel() {
    this.#writer.abort(new Error("cancelled")).catch(() => {});
  }
}

/** Files of their own, as they are shared or as one of them is saved. */
class Loose {
  /** @type {File[]} */ #files = [];

  /** @param {string} name @param {Blob | string} content @param {string} time */
  async add(name, content, time) {
    const base = name.slice(name.lastIndexOf("/") + 1);
    const taken = this.#files.some((file) => file.name === base);
    const options = { type: typeOf(name), lastModified: Date.parse(time) };
    this.#files.push(new File([content], taken ? name.replaceAll("/", "-") : base, options));
    return true;
  }

  async finish() {
    return this.#files;
  }

  cancel() {
    this.#files = [];
  }
}

/** @param {string} name of the zip */
export const zip = (name) => new Zip(name);
export const loose = () => new Loose();
