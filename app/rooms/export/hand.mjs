// Hands finished files to the person: saved, or to the system's share sheet.
import { saveBlob } from "../../frames.mjs";
import { typeOf } from "./zip.mjs";

/** @param {File[]} files */
export function save(files) {
  for (const file of files) saveBlob(file, file.name);
}

/**
 * Whether this browser would share files of these names.
 * @param {string} namesText JSON list
 */
export function canShare(namesText) {
  /** @type {string[]} */
  const names = JSON.parse(namesText);
  const files = names.map((name) => new File(["x"], name, { type: typeOf(name) }));
  try {
    return "share" in navigator && (navigator.canShare?.({ files }) ?? false);
  } catch {
    return false;
  }
}

/**
 * @param {File[]} files
 * @returns {Promise<"shared" | "cancelled" | "again" | "failed">} "again" when the browser wants
 *   another tap, because making the files took too long since the first
 */
export async function share(files) {
  try {
    await navigator.share({ files });
    return "shared";
  } catch (error) {
    const { name } = /** @type {Error} */ (error);
    if (name === "AbortError") return "cancelled";
    if (name === "NotAllowedError") return "again";
    console.info("Not shared:", error);
    return "failed";
  }
}
