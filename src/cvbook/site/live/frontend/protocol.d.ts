// Messages between a page and its worker. A worker with another Pyodide inside speaks the same.

/** Addresses of what the worker loads, absolute. */
export interface Assets {
  pyodide: string;
  python: string;
  font: string;
}

export interface Cell {
  name: string;
  source: string;
  shown: boolean;
  optional: boolean;
}

export type Command =
  | { type: "start"; assets: Assets }
  | { type: "run"; id: number; cells: Cell[]; drawing: boolean };

export type Output =
  | { kind: "stdout" | "stderr" | "html"; content: string }
  | { kind: "figure"; content: Uint8Array<ArrayBuffer> };

/** How a run ended. After `exit`, `memory` and `crash` the interpreter has to be new. */
export type Outcome = "ok" | "error" | "exit" | "memory" | "crash";

export type Reply =
  | { type: "ready" }
  | { type: "failed"; message: string }
  | { type: "loading"; what: "drawing" }
  | { type: "output"; id: number; outputs: Output[] }
  | { type: "done"; id: number; outcome: Outcome };

/** What the build writes into a page (`live/__init__.py`). */
export interface Manifest extends Assets {
  worker: string;
  serviceWorker: string;
  /** Addresses, or their beginnings, of all files of this version: others may be forgotten. */
  current: string[];
  /** Changes with every file. */
  version: string;
  /** Bytes that a first run transfers, and what drawing adds. */
  size: { core: number; drawing: number };
}

/** The part of a service worker's global scope that ours uses; TypeScript has it for workers only. */
export interface ServiceWorkerScope {
  location: Location;
  clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener<Type extends keyof ServiceWorkerEvents>(
    type: Type,
    listener: (event: ServiceWorkerEvents[Type]) => void,
  ): void;
}

interface Extendable {
  waitUntil(promise: Promise<unknown>): void;
}

interface ServiceWorkerEvents {
  install: Extendable;
  activate: Extendable;
  message: Extendable & { data: { urls: string[]; current: string[] } };
  fetch: FetchEvent;
}

export interface FetchEvent extends Extendable {
  request: Request;
  respondWith(response: Promise<Response>): void;
}
