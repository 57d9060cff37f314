// Where a recording is written as it grows: a file of the origin's own file system, because minutes
// of video do not fit into a phone's memory; memory where the browser has no such files.

import { BufferTarget, StreamTarget } from "mediabunny";

/**
 * @typedef {object} Space
 * @property {BufferTarget | StreamTarget} target
 * @property {(type: string) => Promise<Blob>} blob what was written, once it is complete
 * @property {() => void} free gives the space back; the blob is gone then
 */

const PREFIX = "mekiki-recording-";
const LINGERS_MS = 60_000;

/** Removes what a page left behind that was closed: each page locks the names it uses. */
async function tidy(/** @type {FileSystemDirectoryHandle} */ root) {
  for await (const name of root.keys()) {
    if (!name.startsWith(PREFIX)) continue;
    await navigator.locks.request(name, { ifAvailable: true }, async (lock) => {
      if (lock) await root.removeEntry(name);
    });
  }
}

/** @returns {Promise<Space>} */
async function onDisk() {
  if (!("createWritable" in FileSystemFileHandle.prototype)) return inMemory();
  const root = await navigator.storage.getDirectory();
  await tidy(root);
  const name = PREFIX + crypto.randomUUID();
  /** @type {() => void} */ let unlock = () => {};
  const used = new Promise((resolve) => (unlock = () => resolve(null)));
  navigator.locks.request(name, () => used);
  const file = await root.getFileHandle(name, { create: true });
  return {
    target: new StreamTarget(await file.createWritable(), { chunked: true }),
    blob: async (type) => {
      const written = await file.getFile();
      return written.slice(0, written.size, type);
    },
    free: () => {
      // Not at once: it may be on its way into the person's downloads.
      setTimeout(() => {
        root.removeEntry(name).catch(() => {}); // then the next one tidies up
        unlock();
      }, LINGERS_MS);
    },
  };
}

/** @returns {Space} */
function inMemory() {
  const target = new BufferTarget();
  return {
    target,
    blob: async (type) => new Blob(target.buffer ? [target.buffer] : [], { type }),
    free: () => {},
  };
}

/** @returns {Promise<Space>} */
export async function space() {
  try {
    return await onDisk();
  } catch {
    return inMemory();
  }
}
