// What stays in the browser. Where a reader forbids it, a page works and forgets.

/** @param {string} key */
export function readKept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/**
 * @param {string} key
 * @param {string} text
 */
export function keep(key, text) {
  try {
    localStorage.setItem(key, text);
  } catch (error) {
    console.info(error);
  }
}
