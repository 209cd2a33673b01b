// What was chosen of a rubric, as points and as the comment that students read.

/**
 * @typedef {{ points: number, text: string }} Level
 * @typedef {{ name: string, points: number, text: string, levels: Level[] }} Item
 * @typedef {(number | null)[]} Chosen points of each item; null where nothing was chosen
 */

/**
 * A number without needless zeros.
 *
 * @param {number} value
 */
export const short = (value) => String(Math.round(value * 100) / 100);

/**
 * The sum of the chosen points.
 *
 * @param {Chosen} chosen
 */
export const total = (chosen) => chosen.reduce((/** @type {number} */ s, one) => s + (one ?? 0), 0);

/**
 * The line of an item in a comment: `- 비율: 3/4 – 계산만 틀리면`.
 *
 * @param {Item} item
 * @param {number} points
 */
function line(item, points) {
  const level = item.levels.find((one) => one.points === points);
  const why = level?.text ? ` – ${level.text}` : "";
  return `- ${item.name}: ${short(points)}/${short(item.points)}${why}`;
}

/**
 * The comment for students: a line for each chosen item, then free text.
 *
 * @param {Item[]} rubric
 * @param {Chosen} chosen
 * @param {string} free
 */
export function compose(rubric, chosen, free) {
  const lines = rubric.flatMap((item, index) => {
    const points = chosen[index];
    return points === null || points === undefined ? [] : [line(item, points)];
  });
  return [lines.join("\n"), free.trim()].filter(Boolean).join("\n\n");
}

/**
 * Take a comment apart again.
 *
 * @param {Item[]} rubric
 * @param {string} comment
 * @returns {{ chosen: Chosen, free: string }}
 */
export function parse(rubric, comment) {
  /** @type {Chosen} */
  const chosen = rubric.map(() => null);
  const free = comment.split("\n").filter((text) => {
    const index = rubric.findIndex(({ name, points }) => {
      const start = `- ${name}: `;
      return text.startsWith(start) && text.slice(start.length).includes(`/${short(points)}`);
    });
    if (index < 0) return true;
    const points = Number.parseFloat(text.slice(`- ${rubric[index].name}: `.length));
    if (Number.isNaN(points)) return true;
    chosen[index] = points;
    return false;
  });
  return { chosen, free: free.join("\n").trim() };
}

/**
 * The next choice for an item: all points, none, all …, or its next level below.
 *
 * @param {Item} item
 * @param {number | null} present
 * @param {boolean} part
 * @returns {number | null}
 */
export function nextChoice(item, present, part) {
  if (!part) return present === item.points ? null : item.points;
  const steps = [item.points, ...item.levels.map(({ points }) => points), 0];
  const place = present === null ? -1 : steps.indexOf(present);
  return [...new Set(steps)][(place + 1) % new Set(steps).size];
}

/**
 * The next group that waits, from a place on and around; the place itself if none does.
 *
 * @param {{ state: string }[]} groups
 * @param {number} from
 */
export function nextWaiting(groups, from) {
  for (let step = 1; step <= groups.length; step++) {
    const index = (from + step) % groups.length;
    if (groups[index].state !== "done") return index;
  }
  return from;
}
