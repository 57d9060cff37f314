// The page's JavaScript modules as the shell finds them, where node cannot run the real ones:
// the bridge and the frames are real, the worker behind the bridge is scripted, and so are the
// download and the service worker. They note what was asked of them in `happened`.

// What a worker that starts tells of itself.
const usual = { start: { python: "3.14.2", numpy: "2.4.6", cv2: "4.14.0", simd: "simd" } };

/**
 * @param {object} plan answers by operation ("start", "model", "frame", "download"), each a list of
 *   which the next one is given, and the usual one when there is none. "silence" and "crash" are answers of the
 *   worker. `possible` and `controlled` are what the download and the service worker say, `levels`
 *   the SIMD levels of the browser, `kept` the tiers of which nothing is missing, `graphs` the models of the person's own that are here.
 * @param {string[]} happened
 */
export async function makePeers(plan, happened) {
  const next = (operation) => plan[operation]?.shift() ?? usual[operation] ?? {};

  globalThis.Worker = class {
    #ended = false;

    constructor() {
      happened.push("worker starts");
    }

    postMessage({ id, operation, argument }) {
      happened.push(operation === "model" ? `model ${argument.id}` : operation);
      const answer = next(operation);
      if (answer === "silence") return;
      setTimeout(() => {
        if (this.#ended) return;
        if (answer === "crash") this.onerror({ message: "it broke", preventDefault() {} });
        else {
          const repliedAt = performance.timeOrigin + performance.now();
          this.onmessage({ data: { id, answer: JSON.stringify(answer), repliedAt } });
        }
      });
    }

    terminate() {
      this.#ended = true;
      happened.push("worker ends");
    }
  };

  return {
    bridge: await import("../../app/bridge.mjs"),
    frames: await import("../../app/frames.mjs"),
    settings: await import("../../app/settings.mjs"),
    rooms: await import("../../app/rooms.mjs"),
    download: {
      possible: () => plan.possible ?? true,
      missing: async (names) =>
        JSON.parse(names).every((name) => plan.kept?.includes(name)) ? 0 : 11_000_000,
      fetchTiers: async (names, onProgress) => {
        happened.push(`download ${JSON.parse(names).join(" ")}`);
        onProgress(1_000_000, 11_000_000, 500_000, 0);
        onProgress(11_000_000, 11_000_000, 500_000, 0);
        return JSON.stringify(next("download"));
      },
      check: async () => JSON.stringify({ wrong: [], absent: [], bytes: 0 }),
      pause: async () => happened.push("pause"),
      cancel: async () => happened.push("cancel"),
      tidy: async (unwanted) => happened.push(["tidy", ...JSON.parse(unwanted)].join(" ")),
    },
    own: {
      has: async (id) => Boolean(plan.graphs?.includes(id)),
      graph: async (id) => (plan.graphs?.includes(id) ? new Blob(["onnx"]) : null),
      files: async () => JSON.stringify({ facts: "", decode: "" }),
    },
    inbox: { take: async () => [], forget: () => {}, listen: () => {} },
    install: { way: () => "", listen: () => {}, accept: async () => true },
    simd: { levels: () => JSON.stringify(plan.levels ?? ["simd"]) },
    offline: {
      register: async () => true,
      applyUpdate: () => happened.push("update"),
      coming: async () => plan.controlled ?? true,
      controlled: async () => plan.controlled ?? true,
      pageKept: async () => plan.controlled ?? true,
      updateWaits: () => false,
      keepAll: async () => true,
      handshake: async () => JSON.stringify({ version: "", agrees: true, alone: plan.alone ?? true }),
      lineWorks: async () => plan.online ?? true,
      storage: async () => JSON.stringify({ usage: 0, quota: -1, persisted: false }),
    },
  };
}
