// Keeps the pages of the demos and the playground on this device.
import { controlled, keepAll, register } from "../offline.mjs";

const CONTROL_MS = 5000;

/** All of them: who opens one may open the others where there is no network. */
export async function keepPages() {
  await register(() => {});
  if (/** @type {any} */ (navigator).connection?.saveData) return; // then those that are opened
  if (!(await controlled(CONTROL_MS)) || !(await keepAll())) return;
  const kept = document.getElementById("kept");
  if (kept) kept.hidden = false;
}
