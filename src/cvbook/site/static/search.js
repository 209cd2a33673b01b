// A classic script: modules do not load in a page opened from the file system.
// Full-text search for Korean. Words match anywhere: 합성곱 in 합성곱은, 잔차 in 잔차를. So no stemmer
// is needed for the pages; only the endings of the *query* are removed (합성곱을 -> 합성곱).
const ENDINGS =
  /(으로써|에서는|이란|이라는|으로|에서|에게|까지|부터|처럼|보다|이나|하는|하기|란|은|는|이|가|을|를|의|에|와|과|도|로|만)$/;
const HANGUL = /^[가-힣]+$/;
const WEIGHTS = { title: 12, heading: 6, text: 1 };
const EXCERPT = { before: 40, length: 140 }; // characters

/**
 * @typedef {{ plain: string, squeezed: string }} Field text in lower case, and without spaces too
 * @typedef {{ anchor: string, heading: string, text: string, fields: { heading: Field,
 *   text: Field } }} Section
 * @typedef {{ url: string, title: string, sections: Section[], field: Field, length: number }} Page
 * @typedef {string[][]} Terms the words of a query, each in the forms that match it
 * @typedef {object} Result
 * @property {Page} page
 * @property {number} score
 * @property {number} matched how many words of the query are on the page
 * @property {number[]} sectionScores
 */

/** @param {string} text */
const squeeze = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, "");

/** @param {string} text */
const plain = (text) =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replace(/[\s_-]+/g, " ");

/**
 * @param {string} text
 * @returns {Field}
 */
const makeField = (text) => ({ plain: plain(text), squeezed: squeeze(text) });

/**
 * The words of a query, each as written and, where that differs, without its ending.
 *
 * @param {string} query
 * @returns {Terms}
 */
function parseQuery(query) {
  const words = plain(query).split(/[^\p{L}\p{N}+#.]+/u);
  return words.filter(Boolean).map((word) => {
    const stem = word.replace(ENDINGS, "");
    return HANGUL.test(word) && stem.length >= 2 && stem !== word ? [word, stem] : [word];
  });
}

/**
 * How often a form of a word is in a field.
 *
 * @param {Field} field
 * @param {string} form
 */
function countMatches(field, form) {
  const isHangul = HANGUL.test(form);
  const text = isHangul ? field.squeezed : field.plain;
  // Latin words match from their beginning: "add" is not in "padding".
  const fromBeginning = !isHangul && /[\p{Script=Latin}\p{N}]/u.test(form[0]);
  let matches = 0;
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
    const before = at ? text[at - 1] : " ";
    if (!fromBeginning || !/[\p{Script=Latin}\p{N}]/u.test(before)) matches += 1;
  }
  return matches;
}

/** @param {number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);

/**
 * @param {typeof searchIndex} pages
 * @returns {Page[]}
 */
const prepare = (pages) =>
  pages.map(({ url, title, sections }) => ({
    url,
    title,
    field: makeField(title),
    length: 1 + sum(sections.map(([, , text]) => text.length)),
    sections: sections.map(([anchor, heading, text]) => ({
      anchor,
      heading,
      text,
      fields: { heading: makeField(heading), text: makeField(text) },
    })),
  }));

/**
 * Weighted counts of one word on a page, or null where it is not there.
 *
 * @param {Page} page
 * @param {string[]} forms
 */
function countOnPage(page, forms) {
  // All forms count together: a page of the stem ranks above a page of a rare inflected form.
  const count = (/** @type {Field} */ field) => sum(forms.map((form) => countMatches(field, form)));
  const title = count(page.field);
  const sections = page.sections.map(
    ({ fields }) =>
      WEIGHTS.heading * Math.min(2, count(fields.heading)) + WEIGHTS.text * count(fields.text),
  );
  const total = WEIGHTS.title * title + sum(sections);
  return total ? { title, sections, total } : null;
}

/**
 * The saturation of BM25 (k1 = 1.2, b = 0.6).
 *
 * @param {number} count
 * @param {number} length of the page
 * @param {number} mean length of all pages
 */
const saturate = (count, length, mean) =>
  (count * 2.2) / (count + 1.2 * (0.4 + (0.6 * length) / mean));

/**
 * Pages with words of the query, those with the most words first, then by score: BM25 over title,
 * headings and text.
 *
 * @param {Page[]} pages
 * @param {string} query
 */
function search(pages, query) {
  const terms = parseQuery(query);
  if (!terms.length) return [];
  const phrase = terms.length > 1 && HANGUL.test(squeeze(query)) ? [[squeeze(query)]] : [];
  const mean = sum(pages.map(({ length }) => length)) / pages.length;
  /** @type {Result[]} */
  const results = pages.map((page) => {
    return { page, score: 0, matched: 0, sectionScores: page.sections.map(() => 0) };
  });
  for (const [index, forms] of [...terms, ...phrase].entries()) {
    const counts = pages.map((page) => countOnPage(page, forms));
    const having = counts.filter(Boolean).length;
    const rarity = Math.log(1 + (pages.length - having + 0.5) / (having + 0.5)) + 0.1;
    for (const [i, result] of results.entries()) {
      const found = counts[i];
      if (!found) continue;
      const inTitle = found.title ? 1.5 : 0;
      result.score += rarity * (saturate(found.total, result.page.length, mean) + inTitle);
      if (index < terms.length) result.matched += 1;
      for (const [s, count] of found.sections.entries()) result.sectionScores[s] += rarity * count;
    }
  }
  return results
    .filter(({ matched }) => matched)
    .sort((a, b) => b.matched - a.matched || b.score - a.score);
}

/**
 * The section with the highest score; the first of several, none without a score.
 *
 * @param {Result} result
 * @returns {Section | undefined}
 */
function bestSection({ page, sectionScores }) {
  const best = Math.max(...sectionScores);
  return best > 0 ? page.sections[sectionScores.indexOf(best)] : undefined;
}

/**
 * The text around a match.
 *
 * @param {string} text
 * @param {Terms} terms
 */
function excerpt(text, terms) {
  const lower = text.toLowerCase();
  const at = Math.max(0, ...terms.flat().map((form) => lower.indexOf(form)));
  const start = Math.max(0, at - EXCERPT.before);
  const end = start + EXCERPT.length;
  return `${start ? "…" : ""}${text.slice(start, end)}${end < text.length ? "…" : ""}`;
}

/**
 * A text as nodes, with the matches in `<mark>`.
 *
 * @param {string} text
 * @param {Terms} terms
 */
function highlight(text, terms) {
  const forms = terms.flat();
  const pattern = forms.map((form) => form.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return text.split(new RegExp(`(${pattern})`, "giu")).map((piece) => {
    if (!forms.includes(piece.toLowerCase())) return piece;
    return Object.assign(document.createElement("mark"), { textContent: piece });
  });
}

/**
 * @param {string} href
 * @param {string} textContent
 */
const makeLink = (href, textContent) =>
  Object.assign(document.createElement("a"), { href, textContent });

/**
 * @param {Result} result
 * @param {Terms} terms
 */
function makeItem(result, terms) {
  const { page } = result;
  const item = document.createElement("li");
  item.append(makeLink(page.url, page.title));
  const section = bestSection(result);
  if (section) {
    const place = document.createElement("p");
    if (section.heading !== page.title) {
      place.append(makeLink(`${page.url}#${section.anchor}`, section.heading), " — ");
    }
    place.append(...highlight(excerpt(section.text, terms), terms));
    item.append(place);
  }
  return item;
}

function showResults() {
  const query = new URLSearchParams(location.search).get("q") ?? "";
  const [field, count, list] = ["search-words", "search-count", "search-results"].map(
    (id) => /** @type {HTMLInputElement} */ (document.getElementById(id)),
  );
  field.value = query;
  if (!query.trim()) return;
  const results = search(prepare(searchIndex), query);
  count.textContent = results.length
    ? `${results.length}쪽에서 찾았다.`
    : `‘${query}’이(가) 있는 쪽이 없다.`;
  list.append(...results.map((result) => makeItem(result, parseQuery(query))));
}

showResults();
