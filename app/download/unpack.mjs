// Makes a whole file of its parts: unpacked, checked against the build's list, and only then put
// where sw.js serves it from. It is in memory once: what goes into the cache is handed over piece
// by piece.
import { XzReadableStream } from "xz-decompress";

import { absolute, DownloadError, sha256 } from "../assets.mjs";

/** @typedef {import("../assets.mjs").Asset} Asset */

const PIECE = 1 << 20;

/** @param {Asset} asset @param {Cache} parts @returns {ReadableStream<Uint8Array>} */
function joined(asset, parts) {
  let next = 0;
  return new ReadableStream({
    async pull(controller) {
      if (next === asset.parts.length) {
        controller.close();
        return;
      }
      const part = await parts.match(absolute(asset.parts[next].url));
      if (!part) throw new DownloadError("download-corrupt", { url: asset.parts[next].url });
      next += 1;
      controller.enqueue(new Uint8Array(await part.arrayBuffer()));
    },
  });
}

/** @param {Asset} asset @param {Cache} parts @returns {Promise<Uint8Array<ArrayBuffer>>} */
async function whole(asset, parts) {
  const bytes = new Uint8Array(asset.bytes);
  const corrupt = () => new DownloadError("download-corrupt", { url: asset.url });
  let filled = 0;
  try {
    const packed = joined(asset, parts);
    const plain = asset.encoding === "xz" ? new XzReadableStream(packed) : packed;
    for (const reader = plain.getReader(); ; ) {
      const { done, value } = await reader.read();
      if (done) break;
      if (filled + value.length > bytes.length) throw corrupt();
      bytes.set(value, filled);
      filled += value.length;
    }
  } catch (error) {
    throw error instanceof DownloadError ? error : corrupt(); // the unpacker gave up
  }
  if (filled !== bytes.length || (await sha256(bytes)) !== asset.sha256) throw corrupt();
  return bytes;
}

/** @param {Uint8Array<ArrayBuffer>} bytes @returns {ReadableStream<Uint8Array>} */
function inPieces(bytes) {
  let start = 0;
  return new ReadableStream({
    pull(controller) {
      if (start >= bytes.length) {
        controller.close();
        return;
      }
      controller.enqueue(bytes.slice(start, start + PIECE)); // a view would be taken away with all
      start += PIECE;
    },
  });
}

/**
 * @param {Asset} asset @param {Cache} files @param {Cache} parts
 * @throws {DownloadError} `download-corrupt`
 */
export async function unpack(asset, files, parts) {
  const bytes = await whole(asset, parts);
  const headers = { "Content-Type": asset.type, "Content-Length": String(bytes.length) };
  await files.put(absolute(asset.url), new Response(inPieces(bytes), { headers }));
}

/**
 * Deletes those parts that are not what the build lists.
 * @param {Asset} asset @param {Cache} parts
 * @returns {Promise<number>} how many
 */
export async function dropWrongParts(asset, parts) {
  let dropped = 0;
  for (const part of asset.parts) {
    const kept = await parts.match(absolute(part.url));
    if (kept && (await sha256(await kept.arrayBuffer())) === part.sha256) continue;
    await parts.delete(absolute(part.url));
    dropped += 1;
  }
  return dropped;
}
