// What the page says about a run.

/**
 * @import { End } from "./engine.js"
 * @import { Manifest } from "./protocol.d.ts"
 */

import { keep, readKept } from "./kept.js";

const LOADED = "cvbook-live";

/** @param {number} bytes */
const megabytes = (bytes) => `${Math.max(1, Math.round(bytes / 1e6))} MB`;

/**
 * What a run has still to load, for a button; empty where it is there already.
 *
 * @param {Manifest} manifest
 * @param {boolean} drawing
 */
export function loadingNote(manifest, drawing) {
  const loaded = readKept(LOADED) ?? "";
  const hasCore = loaded.startsWith(manifest.version);
  const hasDrawing = hasCore && loaded.endsWith("drawing");
  const { core, drawing: more } = manifest.size;
  const bytes = (hasCore ? 0 : core) + (drawing && !hasDrawing ? more : 0);
  return bytes ? `처음 한 번, 약 ${megabytes(bytes)}` : "";
}

/**
 * Remember that the browser has the files.
 *
 * @param {Manifest} manifest
 * @param {boolean} drawing
 */
export function rememberLoaded(manifest, drawing) {
  if (loadingNote(manifest, drawing)) {
    keep(LOADED, `${manifest.version} ${drawing ? "drawing" : "core"}`);
  }
}

export const STATES = {
  starting: "파이썬을 준비하는 중…",
  drawing: "그림을 그리는 Matplotlib을 준비하는 중…",
  running: "실행 중…",
};

/** What a run that takes long may be. */
export const LONG = "실행 중… 끝나지 않는 반복이면 멈춤을 누르세요.";
export const LONG_MILLISECONDS = 5000;

/** @type {Record<End, string>} */
const ENDS = {
  ok: "실행했습니다",
  error: "오류가 났습니다",
  stopped: "멈추었습니다. 새 파이썬을 준비합니다.",
  exit: "파이썬이 끝났습니다. 새 파이썬을 준비합니다.",
  memory: "메모리를 너무 많이 썼습니다. 새 파이썬을 준비합니다.",
  crash:
    "파이썬이 멈추었습니다. 재귀가 너무 깊거나 메모리가 모자랄 때 이렇게 됩니다. 새 파이썬을 준비합니다.",
  failed: "파이썬을 받지 못했습니다. 인터넷에 이어져 있는지 확인하고 다시 실행하세요.",
};

/**
 * @param {End} end
 * @param {number} milliseconds
 */
export function describeEnd(end, milliseconds) {
  return end === "ok" || end === "error"
    ? `${ENDS[end]} (${(milliseconds / 1000).toFixed(2)}초).`
    : ENDS[end];
}
