// The walls of a worker that runs what a person typed.

// A worker that is refused the network says so with each request: see app/sw/kept.mjs.
if (new URLSearchParams(location.search).has("kept")) {
  const plain = self.fetch;
  self.fetch = (input, init) => {
    const request = new Request(input, init);
    request.headers.set("X-Mekiki-Kept", "1");
    return plain(request);
  };
}

/** As in py/worker.mjs: what the app keeps is not for the person's code. */
export function wallIn() {
  const without = [
    [WorkerGlobalScope.prototype, ["indexedDB", "caches"]],
    [self, ["indexedDB", "caches", "IDBFactory", "CacheStorage", "BroadcastChannel"]],
    [WorkerNavigator.prototype, ["storage", "locks", "serviceWorker"]],
  ];
  for (const [owner, names] of without) {
    for (const name of /** @type {string[]} */ (names)) Reflect.deleteProperty(owner, name);
  }
}
