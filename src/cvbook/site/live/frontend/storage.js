// Answers of one assignment, kept in the browser.

import { keep, readKept } from "./kept.js";

export class Storage {
  /** @type {Record<string, string>} */
  #answers;
  /** @type {Record<string, string>} */
  #passed;

  /** @param {string} name of the assignment */
  constructor(name) {
    this.key = `cvbook-exercise ${name}`;
    const { answers = {}, passed = {} } = JSON.parse(readKept(this.key) ?? "{}");
    this.#answers = answers;
    this.#passed = passed;
  }

  /** @param {string} id of a cell */
  read(id) {
    return this.#answers[id];
  }

  /**
   * @param {string} id
   * @param {string} text
   */
  write(id, text) {
    this.#answers[id] = text;
    this.#save();
  }

  answers() {
    return { ...this.#answers };
  }

  /**
   * Whether a test passed with this very answer.
   *
   * @param {string} test
   * @param {string} answer
   */
  hasPassed(test, answer) {
    return this.#passed[test] === answer;
  }

  /**
   * @param {string} test
   * @param {string | undefined} answer with which it passed
   */
  writePassed(test, answer) {
    if (answer === undefined) delete this.#passed[test];
    else this.#passed[test] = answer;
    this.#save();
  }

  #save() {
    const content = JSON.stringify({ answers: this.#answers, passed: this.#passed });
    keep(this.key, content);
  }
}
