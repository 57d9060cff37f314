// Keeps the screen on through long work: a browser slows down what nobody sees.

/** @type {WakeLockSentinel | null} */ let lock = null;
let wanted = false;

async function ask() {
  try {
    lock = (await navigator.wakeLock?.request("screen")) ?? null;
    if (!wanted) await lock?.release();
  } catch {
    // refused, for example when the battery is low: the screen dims as it always does
  }
}

// A browser takes the lock away when the page is hidden.
document.addEventListener("visibilitychange", () => {
  if (wanted && document.visibilityState === "visible") ask();
});

/** @param {boolean} awake */
export async function keep(awake) {
  wanted = awake;
  if (awake) await ask();
  else await lock?.release();
}
