// Frames for a demo, from the camera if the person allows it, else from a sample; 320 pixels wide.
import { say } from "./site.mjs";

const WIDTH = 320;
const video = /** @type {HTMLVideoElement} */ (document.getElementById("video"));
const view = /** @type {HTMLCanvasElement} */ (document.getElementById("view"));
const context = /** @type {CanvasRenderingContext2D} */ (
  view.getContext("2d", { willReadFrequently: true })
);
/** @type {MediaStream | null} */ let stream = null;
let said = "frame_sample";

/** @param {string} [key] */
function tell(key = said) {
  said = key;
  const line = /** @type {HTMLElement} */ (document.getElementById("frame-said"));
  line.textContent = say(key);
  document.documentElement.dataset.frames = stream ? "live" : "sample";
}

/** @param {CanvasImageSource} picture @param {number} width @param {number} height */
function draw(picture, width, height) {
  const rows = Math.round((height * WIDTH) / width);
  if (view.height !== rows) view.height = rows;
  context.drawImage(picture, 0, 0, WIDTH, rows);
}

let asked = 0; // a permission that is given later than something else is wanted opens no camera

async function sample() {
  asked += 1;
  video.srcObject = null;
  for (const track of stream?.getTracks() ?? []) track.stop();
  stream = null;
  const thumbnail = new URL("../../../thumbs/astronaut.webp", import.meta.url);
  const picture = Object.assign(new Image(), { src: thumbnail.href });
  await picture.decode();
  draw(picture, picture.naturalWidth, picture.naturalHeight);
}

function refresh() {
  if (!stream) return;
  if (video.videoWidth) draw(video, video.videoWidth, video.videoHeight);
  requestAnimationFrame(refresh);
}

async function camera() {
  const mine = (asked += 1);
  try {
    const got = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    if (mine !== asked) {
      for (const track of got.getTracks()) track.stop();
      return;
    }
    for (const track of stream?.getTracks() ?? []) track.stop();
    stream = got;
    video.srcObject = stream;
    await video.play();
    tell("frame_camera");
    refresh();
  } catch (error) {
    console.info("No camera:", error);
    await sample();
    tell("frame_none");
  }
}

/** @returns {Promise<() => Promise<Record<string, Uint8Array>>>} what gives a frame as files */
export async function start() {
  document.getElementById("use-camera")?.addEventListener("click", camera);
  document.getElementById("use-sample")?.addEventListener("click", async () => {
    await sample();
    tell("frame_sample");
  });
  addEventListener("demos:language", () => tell());
  addEventListener("pagehide", () => stream?.getTracks().forEach((track) => track.stop()));
  await sample();
  tell("frame_sample");
  return async () => {
    if (stream) await new Promise((resolve) => requestAnimationFrame(resolve));
    const { data, width, height } = context.getImageData(0, 0, view.width, view.height);
    const size = new TextEncoder().encode(JSON.stringify({ width, height }));
    return { "frame.rgba": new Uint8Array(data.buffer), "frame.json": size };
  };
}
