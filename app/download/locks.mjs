// Two tabs share their caches: what one of them fetches or unpacks, the other waits for.
import { SCOPE } from "../caches.mjs";

/**
 * Does some work while no other tab does work of this name. Without Web Locks (before Safari 15.4)
 * two tabs may both do it, and the second result replaces the first, its equal.
 * @template T
 * @param {string} name @param {AbortSignal} signal ends the waiting
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function alone(name, signal, work) {
  if (!navigator.locks) return work();
  return navigator.locks.request(`mekiki-download:${SCOPE}${name}`, { signal }, work);
}
