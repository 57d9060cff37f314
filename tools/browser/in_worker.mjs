// The worker of in_worker.html: one message, one answer, and lines of print() in between.
let pyodide = null;

async function fetched(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} for ${url}`);
  return new Uint8Array(await response.arrayBuffer());
}

const operations = {
  async start({ runtime }) {
    const { loadPyodide } = await import(runtime);
    const say = (line) => postMessage({ line });
    pyodide = await loadPyodide({ indexURL: new URL(".", runtime).href, stdout: say, stderr: say });
    return pyodide.version;
  },
  async load({ url }) {
    // loadPackage tells of a wheel that it could not install, and then returns all the same.
    const problems = [];
    const errorCallback = (message) => problems.push(message);
    await pyodide.loadPackage(url, { checkIntegrity: false, messageCallback() {}, errorCallback });
    if (problems.length) throw new Error(problems.join("\n"));
  },
  async write({ url, path }) {
    const folder = path.slice(0, path.lastIndexOf("/"));
    if (folder) pyodide.FS.mkdirTree(folder);
    pyodide.FS.writeFile(path, await fetched(url));
  },
  async run({ source }) {
    const value = await pyodide.runPythonAsync(source);
    const dumps = pyodide.pyimport("json").dumps;
    try {
      return dumps(value);
    } finally {
      dumps.destroy();
      value?.destroy?.();
    }
  },
};

self.onmessage = async ({ data: { operation, argument } }) => {
  try {
    postMessage({ value: await operations[operation](argument) });
  } catch (error) {
    // A PythonError's message is the traceback.
    postMessage({ error: { type: error?.name ?? "", text: error?.message ?? `${error}` } });
  }
};
