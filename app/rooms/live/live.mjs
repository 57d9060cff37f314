// The live camera's frames: each new picture of a playing video goes to the detector, and the page
// is told of each, so that boxes can be drawn for the picture that is on the screen.
import { captureVideo } from "../../frames.mjs";

/** @typedef {import("../../bridge.mjs").Bridge} Bridge */

export class Live {
  #running = true;
  /** What the tracker needs to know; set by the shell at any time. */
  tracking = false;
  threshold = 0;
  session = 0;

  /**
   * @param {HTMLVideoElement} video
   * @param {Bridge} bridge
   * @param {(answer: string, latency: number) => void} onAnswer JSON text, and how many milliseconds
   *   ago its frame was taken
   * @param {(time: number) => void} onFrame called when a picture is shown; seconds of its own clock
   */
  constructor(video, bridge, onAnswer, onFrame) {
    this.video = video;
    this.bridge = bridge;
    this.onAnswer = onAnswer;
    this.onFrame = onFrame;
    this.#next();
  }

  stop() {
    this.#running = false;
  }

  #next() {
    if (!this.#running) return;
    if (this.video.requestVideoFrameCallback) {
      // Not mediaTime, which need not go on for a camera.
      this.video.requestVideoFrameCallback((_now, { presentationTime }) =>
        this.#take(presentationTime / 1000),
      );
    } else {
      requestAnimationFrame((now) => this.#take(now / 1000));
    }
  }

  /** @param {number} time */
  async #take(time) {
    if (!this.#running) return;
    const takenAt = performance.now();
    this.onFrame(time);
    try {
      const frame = await captureVideo(this.video);
      if (!this.#running) {
        frame.close();
        return;
      }
      const { tracking, threshold, session } = this;
      if (tracking) Object.assign(frame.message, { track: { time, threshold, session } });
      this.bridge.submit(frame).then((answer) => {
        if (this.#running && answer !== null) this.onAnswer(answer, performance.now() - takenAt);
      });
    } catch {
      // A video has no picture for a moment, when it starts or turns: the next one will do.
    }
    this.#next();
  }
}

/**
 * @param {HTMLVideoElement} video @param {Bridge} bridge
 * @param {(answer: string, latency: number) => void} onAnswer @param {(time: number) => void} onFrame
 */
export const start = (video, bridge, onAnswer, onFrame) =>
  new Live(video, bridge, onAnswer, onFrame);
