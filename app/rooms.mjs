// Rooms: the parts of the shell that arrive when they are opened. A room is one file system image
// (its Python, words and markup), its JavaScript modules and its style sheet; see docs/decisions/0006.

/** The part of Emscripten's file system that is needed here.
 * @typedef {{writeFile(path: string, data: Uint8Array): void, unlink(path: string): void}} FileSystem */

/** @type {FileSystem | null} */ let fs = null;

/** Called once, when the interpreter runs. @param {FileSystem} fileSystem */
export function attach(fileSystem) {
  fs = fileSystem;
}

/** @param {string} room @param {string} name */
const inside = (room, name) => new URL(`./rooms/${room}/${name}`, import.meta.url).href;

/** @param {string} room @returns {Promise<Uint8Array>} */
async function image(room) {
  const response = await fetch(new URL(`../rooms/${room}.romfs`, import.meta.url));
  if (!response.ok) throw new Error(`${room}.romfs: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** @param {string} room @returns {Promise<void>} */
function style(room) {
  return new Promise((resolve, reject) => {
    const link = Object.assign(document.createElement("link"), {
      rel: "stylesheet",
      href: inside(room, "room.css"),
      onload: () => resolve(),
      onerror: () => {
        link.remove(); // so that the next try asks again
        reject(new Error(`${room}/room.css`));
      },
    });
    document.head.append(link);
  });
}

/**
 * Fetches a room and leaves its image at /tmp/<room>.romfs for the interpreter.
 * @param {string} room
 * @param {string} modules names of its JavaScript modules, as JSON text
 * @param {boolean} styled whether it has a style sheet
 * @returns {Promise<Record<string, object> | null>} its modules by name; null when something did
 *   not arrive
 */
export async function load(room, modules, styled) {
  /** @type {string[]} */
  const names = JSON.parse(modules);
  try {
    const [bytes, loaded] = await Promise.all([
      image(room),
      Promise.all(names.map((name) => import(inside(room, `${name}.mjs`)))),
      styled ? style(room) : null,
    ]);
    fs?.writeFile(`/tmp/${room}.romfs`, bytes);
    return Object.fromEntries(names.map((name, index) => [name, loaded[index]]));
  } catch (error) {
    console.info(`The room ${room} did not arrive:`, error);
    return null;
  }
}

/** Frees the copy that the interpreter has read. @param {string} room */
export const loaded = (room) => fs?.unlink(`/tmp/${room}.romfs`);
