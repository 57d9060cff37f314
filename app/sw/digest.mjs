// Whether bytes are those that the build listed.

/**
 * @param {Response} response is not used up
 * @param {string | undefined} integrity as in <script integrity>: "sha256-" and base64
 */
export async function isWhole(response, integrity) {
  if (!integrity) return true;
  const digest = await crypto.subtle.digest("SHA-256", await response.clone().arrayBuffer());
  return `sha256-${btoa(String.fromCharCode(...new Uint8Array(digest)))}` === integrity;
}
