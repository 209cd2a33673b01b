// The notebook of an assignment: put answers in, take answers out, everything else as released.

/**
 * @typedef {{ grade_id: string, solution: boolean, grade: boolean, points?: number }} Marks
 * @typedef {{ id: string, cell_type: string, source: string[] | string,
 *   metadata: { nbgrader?: Marks }, [other: string]: unknown }} Cell
 * @typedef {{ cells: Cell[], [other: string]: unknown }} Notebook
 */

/** @param {Cell} cell */
export const textOf = ({ source }) => (Array.isArray(source) ? source.join("") : source);

/**
 * Whether a reader may write into a cell: nbgrader keeps the others as they are.
 *
 * @param {Cell} cell
 */
export function isOpen(cell) {
  const marks = cell.metadata.nbgrader;
  return marks ? marks.solution : cell.cell_type === "code";
}

/**
 * The released notebook with other texts in some cells.
 *
 * @param {Notebook} released
 * @param {Record<string, string>} answers id of a cell to its text
 * @returns {string} the file's content
 */
export function withAnswers(released, answers) {
  const cells = released.cells.map((cell) => {
    const text = answers[cell.id];
    return text === undefined || !isOpen(cell) ? cell : { ...cell, source: lines(text) };
  });
  return `${JSON.stringify({ ...released, cells }, null, 1)}\n`;
}

/** @param {string} text */
const lines = (text) => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/**
 * The answers in a notebook that was downloaded before, or comes from JupyterLab.
 *
 * @param {Notebook} released
 * @param {string} content of a file
 * @returns {Record<string, string>}
 * @throws {Error} in Korean, if it is no notebook of this assignment
 */
export function answersIn(released, content) {
  /** @type {Notebook} */
  let given;
  try {
    given = JSON.parse(content);
  } catch {
    throw new Error("노트북 파일(.ipynb)이 아닙니다.");
  }
  const byKey = new Map((given.cells ?? []).map((cell) => [keyOf(cell), cell]));
  const found = released.cells.flatMap((cell) => {
    const other = byKey.get(keyOf(cell));
    return other && isOpen(cell) ? [[cell.id, textOf(other)]] : [];
  });
  // The question for a text has the same name in every assignment.
  const functions = released.cells.filter(
    ({ cell_type, metadata }) => cell_type === "code" && metadata.nbgrader?.solution,
  );
  if (!functions.some((cell) => byKey.has(keyOf(cell)))) {
    throw new Error("이 과제의 노트북이 아닙니다.");
  }
  return Object.fromEntries(found);
}

/**
 * nbgrader's own name of a cell, which a change of ids does not touch.
 *
 * @param {Cell} cell
 */
const keyOf = (cell) => cell.metadata?.nbgrader?.grade_id ?? `id ${cell.id}`;
