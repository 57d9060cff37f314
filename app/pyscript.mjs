// The two JavaScript modules that PyScript's Python library expects from PyScript's core:
// `polyscript` and `_pyscript`. Here the core is not loaded (docs/decisions/0001), so this file
// gives what works without it, and an error that says so for what does not.

/** @param {string} name */
function leftOut(name) {
  return () => {
    throw new Error(`${name} needs PyScript's core, which mekiki does not load`);
  };
}

/**
 * @param {object} interpreter the MicroPython instance
 * @param {Record<string, object>} jsModules what `from pyscript.js_modules import NAME` finds
 * @returns {Record<string, object>} modules to register, by name
 */
export function pyscriptModules(interpreter, jsModules) {
  return {
    polyscript: {
      config: {},
      js_modules: jsModules,
      lazy_py_modules: leftOut("py_import"),
      storage: leftOut("pyscript.storage"),
      workers: new Proxy({}, { get: leftOut("pyscript.workers") }),
      IDBMap: leftOut("pyscript.fs"),
    },
    _pyscript: {
      interpreter,
      fs: {
        get idb() {
          return leftOut("pyscript.fs")();
        },
      },
      target: "",
      PyWorker: leftOut("PyWorker"),
      js_import: (/** @type {string[]} */ ...urls) => Promise.all(urls.map((url) => import(url))),
    },
  };
}
