// The worker: Pyodide inside, the messages of `protocol.d.ts` outside.

/**
 * @import { Assets, Cell, Command, Outcome, Output, Reply } from "./protocol.d.ts"
 * @typedef {{ loadPyodide: (options: object) => Promise<any> }} Loader
 */

const HOME = "/home/pyodide";
// More than any cell of the book needs; memory that has grown does not shrink.
const MAX_MEMORY = 700e6;
const FLUSH_MILLISECONDS = 50;

/** @type {any} */
let pyodide;
/** @type {Assets} */
let assets;
let hasDrawing = false;

/** @param {Reply} reply */
const post = (reply) => postMessage(reply);

/** @param {string} url */
async function download(url) {
  const response = await fetch(url);
  if (!response.ok) throw new Error(`${response.status} – ${url}`);
  return response.arrayBuffer();
}

/** @param {Assets} given */
async function start(given) {
  assets = given;
  const archive = download(assets.python);
  /** @type {Loader} */
  const { loadPyodide } = await import(`${assets.pyodide}pyodide.mjs`);
  pyodide = await loadPyodide({
    indexURL: assets.pyodide,
    packages: ["numpy"],
    env: { HOME, MPLBACKEND: "module://cvbook_live_figures" },
  });
  pyodide.unpackArchive(await archive, "zip", { extractDir: sitePackages() });
  // Where cells find the stored results of experiments: in their working folder.
  pyodide.FS.symlink(`${sitePackages()}/results`, `${HOME}/results`);
  pyodide.runPython("import cvbook_live, numpy");
}

function sitePackages() {
  return pyodide.runPython("import sysconfig; sysconfig.get_path('purelib')");
}

async function loadDrawing() {
  if (hasDrawing) return;
  post({ type: "loading", what: "drawing" });
  const font = download(assets.font);
  await pyodide.loadPackage("matplotlib", { messageCallback: () => {} });
  pyodide.FS.writeFile(`${sitePackages()}/NanumGothic.ttf`, new Uint8Array(await font));
  hasDrawing = true;
}

/**
 * Collect outputs and post them together: a message for every word would flood the page.
 *
 * @param {number} id
 */
function collector(id) {
  /** @type {Output[]} */
  let outputs = [];
  let posted = performance.now();
  const flush = () => {
    if (outputs.length) post({ type: "output", id, outputs });
    outputs = [];
    posted = performance.now();
  };
  /**
   * @param {Output["kind"]} kind
   * @param {any} content
   */
  const emit = (kind, content) => {
    const last = outputs.at(-1);
    if (kind === "figure") outputs.push({ kind, content: content.toJs() });
    else if (last?.kind === kind && kind !== "html") last.content += content;
    else outputs.push({ kind, content });
    if (performance.now() - posted > FLUSH_MILLISECONDS) flush();
  };
  return { emit, flush };
}

/**
 * @param {number} id
 * @param {Cell[]} cells
 * @param {boolean} drawing
 */
async function run(id, cells, drawing) {
  const { emit, flush } = collector(id);
  /** @type {Outcome} */
  let outcome;
  try {
    if (drawing) await loadDrawing();
    const live = pyodide.pyimport("cvbook_live");
    outcome = live.run(pyodide.toPy(cells), emit);
    if (pyodide._module.HEAP8.length > MAX_MEMORY) outcome = "memory";
  } catch (error) {
    console.info(error);
    outcome = "crash";
  }
  flush();
  post({ type: "done", id, outcome });
}

/** @param {Command} command */
async function obey(command) {
  if (command.type === "run") return run(command.id, command.cells, command.drawing);
  try {
    await start(command.assets);
    post({ type: "ready" });
  } catch (error) {
    post({ type: "failed", message: String(error) });
  }
}

addEventListener("message", ({ data }) => obey(data));
