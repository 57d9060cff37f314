// What a camera's track offers beyond pictures: torch, zoom, and the screen kept awake. All of it is
// missing somewhere, and MicroPython cannot catch what is thrown at once.

/** @type {WakeLockSentinel | null} */ let lock = null;

/** @param {MediaStreamTrack} track @returns {any} */
const capabilities = (track) => track.getCapabilities?.() ?? {};

/**
 * @param {MediaStreamTrack} track
 * @returns {string} JSON text: {"torch": boolean, "zoom": {min, max, step, value} or null,
 *   "device": id}
 */
export function offers(track) {
  const { torch, zoom } = capabilities(track);
  const now = /** @type {any} */ (track.getSettings());
  const range = zoom && zoom.max > zoom.min ? { ...rangeOf(zoom), value: now.zoom ?? zoom.min } : null;
  return JSON.stringify({ torch: Boolean(torch), zoom: range, device: now.deviceId ?? "" });
}

/** @param {{min: number, max: number, step?: number}} zoom */
const rangeOf = ({ min, max, step }) => ({ min, max, step: step || (max - min) / 100 });

/**
 * @param {MediaStreamTrack} track @param {"torch" | "zoom"} name @param {boolean | number} value
 * @returns {Promise<boolean>} whether the camera did it
 */
export async function apply(track, name, value) {
  try {
    await track.applyConstraints({ advanced: [/** @type {any} */ ({ [name]: value })] });
    return true;
  } catch {
    return false;
  }
}

/**
 * Asks for pictures of about this size; a camera that has no such goes on as it is.
 * @param {MediaStreamTrack} track @param {number} width @param {number} height
 */
export async function resize(track, width, height) {
  const now = track.getSettings();
  if (Math.max(now.width ?? 0, now.height ?? 0) === width) return; // a phone upright turns them
  try {
    await track.applyConstraints({ width: { ideal: width }, height: { ideal: height } });
  } catch {
    // it goes on as it is
  }
}

/** @returns {Promise<string>} JSON text: [{id, label}], the cameras of this device */
export async function cameras() {
  try {
    const devices = await navigator.mediaDevices.enumerateDevices();
    const found = devices.filter(({ kind }) => kind === "videoinput");
    return JSON.stringify(found.map(({ deviceId: id, label }) => ({ id, label })));
  } catch {
    return "[]";
  }
}

/** Keeps the screen on while the camera runs, where the browser can. @param {boolean} wanted */
export async function keepAwake(wanted) {
  try {
    if (wanted) lock = (await navigator.wakeLock?.request("screen")) ?? null;
    else await lock?.release();
  } catch {
    // refused, for example when the battery is low: the screen dims as it always does
  }
}

/** A short shake, where the device has one. */
export const shake = () => navigator.vibrate?.(20);

/** @type {AudioContext | null} */ let audio = null;

/** A short, quiet tone. */
export function tone() {
  audio ??= new AudioContext();
  const gain = audio.createGain();
  const end = audio.currentTime + 0.15;
  gain.gain.setValueAtTime(0.15, audio.currentTime);
  gain.gain.exponentialRampToValueAtTime(0.001, end);
  const oscillator = new OscillatorNode(audio, { frequency: 880 });
  oscillator.connect(gain).connect(audio.destination);
  oscillator.start();
  oscillator.stop(end);
}
