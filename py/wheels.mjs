// Puts our wheels into Pyodide's file system without Python's zipfile: nothing in them is compressed
// (tools/engine/archive.py), so a file is a piece of the wheel. Their large libraries are compiled
// beside the start of Python, which Pyodide's loadPackage begins only after it.

const LARGE = 1 << 20; // bytes; smaller libraries are compiled when they are imported

/** @typedef {{name: string, data: Uint8Array<ArrayBuffer>}} Entry */
/** @typedef {{entries: Entry[], compiled: Map<string, Promise<WebAssembly.Module>>}} Wheel */

/**
 * The files of a zip in which nothing is compressed.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (4.3.12, 4.3.7, 4.3.16)
 * @param {Uint8Array<ArrayBuffer>} bytes
 * @returns {Entry[] | null} null where something is compressed, or this is no such zip
 */
export function storedEntries(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = bytes.length - 22; // of a zip without a comment, as ours are
  if (end < 0 || view.getUint32(end, true) !== 0x06054b50) return null;
  const names = new TextDecoder();
  const entries = [];
  let place = view.getUint32(end + 16, true);
  for (let left = view.getUint16(end + 10, true); left > 0; left -= 1) {
    const [method, size] = [view.getUint16(place + 10, true), view.getUint32(place + 24, true)];
    if (method !== 0) return null;
    const lengths = [28, 30, 32].map((offset) => view.getUint16(place + offset, true));
    const name = names.decode(bytes.subarray(place + 46, place + 46 + lengths[0]));
    const local = view.getUint32(place + 42, true);
    const start =
      local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (!name.endsWith("/")) entries.push({ name, data: bytes.subarray(start, start + size) });
    place += 46 + lengths[0] + lengths[1] + lengths[2];
  }
  return entries;
}

/**
 * A wheel on its way into Pyodide.
 * @param {Promise<Uint8Array<ArrayBuffer>>} coming
 * @returns {Promise<Wheel | null>} null where only loadPackage can read it
 */
export async function opened(coming) {
  const entries = storedEntries(await coming);
  if (!entries) return null;
  const compiled = new Map();
  for (const { name, data } of entries) {
    if (!name.endsWith(".so") || data.length < LARGE) continue;
    const compiling = WebAssembly.compile(data);
    compiling.catch(() => {}); // it is told by install(), which waits for it
    compiled.set(name, compiling);
  }
  return { entries, compiled };
}

/**
 * Puts a wheel where Python finds it.
 * @param {any} pyodide @param {Wheel} wheel @param {string} folder of the file system
 */
export async function install({ FS, _module }, { entries, compiled }, folder) {
  const folders = new Set();
  for (const { name, data } of entries) {
    const path = `${folder}/${name}`;
    const parent = path.slice(0, path.lastIndexOf("/"));
    if (!folders.has(parent)) FS.mkdirTree(parent);
    folders.add(parent);
    // What is compiled already is found by its name alone; its bytes need not stay in memory.
    FS.writeFile(path, compiled.has(name) ? new Uint8Array(0) : data, { canOwn: true });
  }
  for (const [name, compiling] of compiled) {
    const path = `${folder}/${name}`;
    const flags = { loadAsync: true, nodelete: true };
    _module.preloadedWasm[path] = await _module.loadWebAssemblyModule(await compiling, flags, path, {});
  }
}
