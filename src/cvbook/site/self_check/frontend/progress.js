// Which questions of which page a reader has answered, kept in the browser.

import { keep, readKept } from "../../live/frontend/kept.js";

const KEY = "cvbook-self-check";

/** @typedef {{ total: number, right: number[] }} Record numbers of the questions that are right */

/** @returns {{ [page: string]: Record }} */
export function readProgress() {
  try {
    return JSON.parse(readKept(KEY) ?? "{}");
  } catch {
    return {};
  }
}

/**
 * @param {string} page
 * @param {number} total number of its questions
 * @param {number} question that is right now
 */
export function keepRight(page, total, question) {
  const progress = readProgress();
  const right = new Set(progress[page]?.right).add(question);
  keep(KEY, JSON.stringify({ ...progress, [page]: { total, right: [...right] } }));
}

/**
 * The name of a page, the same from any page of the site and under any host.
 *
 * @param {string} address
 */
export function pageName(address) {
  return new URL(address).pathname.split("/").slice(-2).join("/");
}

/**
 * How many of a page's questions are right; questions that it no longer has do not count.
 *
 * @param {Record} record
 */
export function countRight({ total, right }) {
  return right.filter((number) => number <= total).length;
}
