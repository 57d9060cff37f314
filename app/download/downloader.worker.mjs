// A worker of its own, so that unpacking and hashing megabytes never holds up the page.
import { assetsOf, DownloadError, failure } from "../assets.mjs";
import { check } from "./check.mjs";
import { Job } from "./job.mjs";
import { forget } from "./line.mjs";

/** @type {Map<number, Job>} */
const jobs = new Map();

/** @type {Record<string, (id: number, argument: any) => Promise<object>>} */
const operations = {
  /** @param {number} id @param {string[]} names */
  async fetch(id, names) {
    const job = new Job((progress) => postMessage({ id, progress }));
    jobs.set(id, job);
    try {
      await job.run(await assetsOf(names));
      return {};
    } finally {
      jobs.delete(id);
    }
  },

  /** @param {number} id @param {string[]} names */
  check: (id, names) =>
    check(names, (done, total) => postMessage({ id, progress: { done, total } })),

  /** @param {number} _id @param {"download-paused" | "download-cancelled"} code */
  async stop(_id, code) {
    for (const job of jobs.values()) job.stop(new DownloadError(code));
    if (code === "download-cancelled") forget();
    return {};
  },
};

self.onmessage = async ({ data: { id, operation, argument } }) => {
  let answer;
  try {
    answer = await operations[operation](id, argument);
  } catch (error) {
    answer = { error: failure(error) };
  }
  postMessage({ id, answer: JSON.stringify(answer) });
};
