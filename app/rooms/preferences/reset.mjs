// Takes everything of this site off the device: caches, databases, choices, the service worker.
// Only what carries our scope: other apps may live on this origin.
import { forget } from "../../settings.mjs";

const SCOPE = new URL("../../../..", import.meta.url).pathname;

/** Caches and databases are named mekiki-<what>:<scope>. @param {string} name */
const ours = (name) => name.startsWith("mekiki-") && name.slice(name.indexOf(":") + 1) === SCOPE;

async function deleteCaches() {
  // Workbox names its precache mekiki-precache-v2-<scope's address>.
  const scope = new URL(SCOPE, location.href).href;
  for (const name of await caches.keys()) {
    if (ours(name) || (name.startsWith("mekiki-") && name.endsWith(`-${scope}`))) await caches.delete(name);
  }
}

async function deleteDatabases() {
  for (const { name } of (await indexedDB.databases?.()) ?? []) {
    if (!name || !ours(name)) continue;
    await new Promise((resolve) => {
      const request = indexedDB.deleteDatabase(name);
      // A tab that still has it open closes it when it is told, or at the reload below.
      request.onsuccess = request.onerror = request.onblocked = resolve;
    });
  }
}

/** Deletes everything, then loads the page anew, as on the first visit. */
export async function reset() {
  const steps = [deleteDatabases, async () => "caches" in globalThis && deleteCaches()];
  for (const step of steps) {
    try {
      await step();
    } catch (error) {
      console.info("Something could not be deleted:", error);
    }
  }
  forget();
  const scope = new URL(SCOPE, location.href).href;
  await (await navigator.serviceWorker?.getRegistration(scope))?.unregister();
  location.replace(scope);
}
