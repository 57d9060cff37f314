// Names of what we keep. Shared origins are common (user.github.io): every name carries our scope.

export const SCOPE = new URL("../..", import.meta.url).pathname;
/** Whole files, which sw.js serves. */
export const ASSETS_CACHE = `mekiki-assets:${SCOPE}`;
/** Parts of files whose download is under way. */
export const PARTS_CACHE = `mekiki-parts:${SCOPE}`;
