// The worker's end of bench.mjs: one message, one answer.

/** @param {Record<string, (argument: any) => unknown>} operations */
export function answer(operations) {
  self.onmessage = async ({ data: { operation, argument } }) => {
    try {
      postMessage({ value: await operations[operation](argument) });
    } catch (error) {
      postMessage({ error: error instanceof Error ? `${error.name}: ${error.message}` : `${error}` });
    }
  };
}

/** @param {string} url @returns {Promise<ArrayBuffer>} */
export async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return response.arrayBuffer();
}
