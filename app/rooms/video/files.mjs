// What a person takes away: text that grows piece by piece, a video to play, files to share.

/** A text in pieces, so that no piece takes long, however many there are. */
export class Text {
  /** @type {string[]} */ #pieces = [];

  /** @param {string} piece */
  append(piece) {
    this.#pieces.push(piece);
  }

  /** @param {string} head @param {string} tail @returns {Blob} JSON with these around the pieces */
  blob(head, tail) {
    return new Blob([head, this.#pieces.join(",\n"), tail], { type: "application/json" });
  }
}

/** @returns {Text} */
export const text = () => new Text();

/** Shows a file in a player; an earlier one is freed. @param {HTMLVideoElement} player @param {Blob} blob */
export function play(player, blob) {
  stop(player);
  player.src = URL.createObjectURL(blob);
}

/** Frees what a player shows. @param {HTMLVideoElement} player */
export function stop(player) {
  if (!player.src) return;
  URL.revokeObjectURL(player.src);
  player.removeAttribute("src");
  player.load();
}

/** @param {Blob} blob @param {string} name */
const shared = (blob, name) => ({ files: [new File([blob], name, { type: blob.type })] });

/** @param {Blob} blob @param {string} name @returns {boolean} whether this can be shared */
export function shareable(blob, name) {
  try {
    return navigator.canShare?.(shared(blob, name)) ?? false;
  } catch {
    return false;
  }
}

/**
 * Hands a file to another app.
 * @param {Blob} blob @param {string} name
 * @returns {Promise<boolean>} false when it did not go; the person's own "no" is no failure
 */
export async function share(blob, name) {
  try {
    await navigator.share(shared(blob, name));
    return true;
  } catch (error) {
    return error instanceof DOMException && error.name === "AbortError";
  }
}
