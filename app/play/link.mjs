// A source in the fragment of a link, which no server is sent: raw deflate, then base64url (RFC 4648).

const MOST = 200_000; // characters; a small link may not unpack to more than an editor can take

/** @param {string} source */
export async function encoded(source) {
  const packed = new Blob([source]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  const bytes = new Uint8Array(await new Response(packed).arrayBuffer());
  const letters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** @param {string} text @throws {Error} where it holds no source, or too long a one */
export async function decoded(text) {
  if (!text) throw new Error("no source");
  const letters = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  const bytes = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = plain.pipeThrough(new TextDecoderStream("utf-8", { fatal: true })).getReader();
  let source = "";
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    source += read.value;
    if (source.length > MOST) {
      reader.cancel();
      throw new Error("too long");
    }
  }
  return source;
}
