// The page's side of the worker: one Python for a page, started by the first run.

/**
 * @import { Cell, Command, Manifest, Outcome, Output, Reply } from "./protocol.d.ts"
 * @typedef {Outcome | "stopped" | "failed"} End
 * @typedef {{
 *   onOutput: (outputs: Output[]) => void,
 *   onState?: (state: "starting" | "drawing" | "running") => void,
 * }} Listeners
 */

import { keepOffline } from "./offline.js";

/**
 * Make the addresses of a manifest absolute.
 *
 * @param {Manifest} manifest
 * @param {string} root from the page to the site's root
 * @returns {Manifest}
 */
export function absolute(manifest, root) {
  /** @param {string} path */
  const url = (path) => new URL(root + path, document.baseURI).href;
  return {
    ...manifest,
    pyodide: url(manifest.pyodide),
    python: url(manifest.python),
    font: url(manifest.font),
    worker: url(manifest.worker),
    serviceWorker: url(manifest.serviceWorker),
    current: manifest.current.map(url),
  };
}

export class Engine {
  /** @type {Worker | undefined} */
  #worker;
  /** @type {Promise<boolean> | undefined} */
  #ready;
  /** @type {{ id: number, end: (end: End) => void, listeners: Listeners } | undefined} */
  #current;
  /** @type {((started: boolean) => void) | undefined} */
  #started;
  #nextId = 1;
  /** @type {Promise<unknown>} */
  #queue = Promise.resolve();
  #stops = 0;

  /** @param {Manifest} manifest */
  constructor(manifest) {
    this.manifest = manifest;
  }

  /**
   * Run cells; runs wait for each other.
   *
   * @param {Cell[]} cells
   * @param {boolean} drawing whether they need Matplotlib
   * @param {Listeners} listeners
   * @returns {Promise<End>}
   */
  run(cells, drawing, listeners) {
    const stops = this.#stops;
    const turn = this.#queue.then(() =>
      this.#stops === stops ? this.#run(cells, drawing, listeners) : "stopped",
    );
    this.#queue = turn;
    return /** @type {Promise<End>} */ (turn);
  }

  /** End the run and all that wait, and start a new Python. */
  stop() {
    this.#stops += 1;
    this.#restart();
    this.#finish("stopped");
  }

  /**
   * @param {Cell[]} cells
   * @param {boolean} drawing
   * @param {Listeners} listeners
   * @returns {Promise<End>}
   */
  async #run(cells, drawing, listeners) {
    const stops = this.#stops;
    listeners.onState?.("starting");
    this.#ready ??= this.#start();
    const started = await this.#ready;
    if (this.#stops !== stops) return "stopped";
    if (!started) {
      this.#ready = undefined;
      return "failed";
    }
    listeners.onState?.("running");
    const id = this.#nextId++;
    /** @type {Promise<End>} */
    const ended = new Promise((end) => {
      this.#current = { id, end, listeners };
    });
    this.#post({ type: "run", id, cells, drawing });
    const end = await ended;
    // What is left of Python after these is not to be relied on.
    if (end === "exit" || end === "memory" || end === "crash") this.#restart();
    return end;
  }

  async #start() {
    await keepOffline(this.manifest);
    this.#worker = new Worker(this.manifest.worker, { type: "module" });
    this.#worker.onmessage = ({ data }) => this.#receive(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#receive({ type: "failed", message: event.message });
    };
    const { pyodide, python, font } = this.manifest;
    /** @type {Promise<boolean>} */
    const started = new Promise((done) => {
      this.#started = done;
    });
    this.#post({ type: "start", assets: { pyodide, python, font } });
    return started;
  }

  #restart() {
    this.#worker?.terminate();
    this.#started?.(false);
    this.#ready = this.#start();
  }

  /** @param {Command} command */
  #post(command) {
    this.#worker?.postMessage(command);
  }

  /** @param {Reply} reply */
  #receive(reply) {
    const current = this.#current;
    if (reply.type === "ready") this.#started?.(true);
    else if (reply.type === "failed") {
      console.info(reply.message);
      this.#started?.(false);
      this.#finish("crash");
    } else if (reply.type === "loading") current?.listeners.onState?.("drawing");
    else if (reply.id === current?.id) {
      if (reply.type === "output") current.listeners.onOutput(reply.outputs);
      else this.#finish(reply.outcome);
    }
  }

  /** @param {End} end */
  #finish(end) {
    this.#current?.end(end);
    this.#current = undefined;
  }
}
