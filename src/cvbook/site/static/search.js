// A classic script: modules do not load in a page opened from the disk.
// Search that knows Korean. A word is found wherever it stands: 합성곱 in 합성곱층은, 잔차 in 잔차를.
// So no list of stems is needed; the endings of the *query* are what must go (합성곱을 -> 합성곱).
const ENDINGS = /(으로써|에서는|이란|이라는|으로|에서|에게|까지|부터|처럼|보다|이나|하는|하기|란|은|는|이|가|을|를|의|에|와|과|도|로|만)$/;
const HANGUL = /^[가-힣]+$/;
const WEIGHTS = { title: 12, heading: 6, text: 1 };

const squeeze = (text) => text.normalize("NFC").toLowerCase().replace(/\s+/g, "");
const plain = (text) => text.normalize("NFC").toLowerCase().replace(/[\s_-]+/g, " ");

// The words of a query, each with the forms in which it may stand, best first.
function words(query) {
  return plain(query).split(/[^\p{L}\p{N}+#.]+/u).filter(Boolean).map((word) => {
    const forms = [word];
    const stem = word.replace(ENDINGS, "");
    if (HANGUL.test(word) && stem.length >= 2 && stem !== word) forms.push(stem);
    return forms;
  });
}

function count(field, form) {
  const text = HANGUL.test(form) ? field.squeezed : field.plain;
  let found = 0;
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + form.length)) {
    // Latin words count from their beginning: "add" is not in "padding".
    const before = at ? text[at - 1] : " ";
    if (HANGUL.test(form) || !/[\p{Script=Latin}\p{N}]/u.test(before) || !/[\p{Script=Latin}\p{N}]/u.test(form[0])) found += 1;
  }
  return found;
}

const field = (text) => ({ plain: plain(text), squeezed: squeeze(text) });

function prepare(pages) {
  return pages.map((page) => ({
    ...page,
    title_: field(page.title),
    sections_: page.sections.map(([anchor, heading, text]) => ({
      anchor, heading, text, heading_: field(heading), text_: field(text),
    })),
  }));
}

const saturate = (n, length, mean) => (n * 2.2) / (n + 1.2 * (0.4 + 0.6 * length / mean));

// Pages by score (BM25 over title, headings and text), with the section that fits best.
function search(index, query) {
  const terms = words(query);
  if (!terms.length) return [];
  const whole = HANGUL.test(squeeze(query)) && terms.length > 1 ? [[squeeze(query)]] : [];
  const lengths = index.map((p) => p.sections_.reduce((n, s) => n + s.text.length, 1));
  const mean = lengths.reduce((a, b) => a + b, 0) / index.length;
  const results = index.map((page) => ({ page, score: 0, matched: 0, section: null, best: 0 }));
  for (const [which, forms] of [...terms, ...whole].entries()) {
    const counts = index.map((page) => {
      // A stem stands in its inflected forms, too: a page of the stem outdoes one of a rare form.
      const all = (field) => forms.reduce((sum, form) => sum + count(field, form), 0);
      const title = all(page.title_);
      const parts = page.sections_.map((s) =>
        WEIGHTS.heading * Math.min(2, all(s.heading_)) + all(s.text_));
      const total = WEIGHTS.title * title + parts.reduce((a, b) => a + b, 0);
      return total ? { title, parts, total } : null;
    });
    const having = counts.filter(Boolean).length;
    const rarity = Math.log(1 + (index.length - having + 0.5) / (having + 0.5)) + 0.1;
    counts.forEach((found, i) => {
      if (!found) return;
      const result = results[i];
      result.score += rarity * (saturate(found.total, lengths[i], mean) + (found.title ? 1.5 : 0));
      if (which < terms.length) result.matched += 1;
      found.parts.forEach((n, s) => {
        const section = index[i].sections_[s];
        section.sum = (section.query === query ? section.sum : 0) + rarity * n;
        section.query = query;
        if (section.sum > result.best) [result.best, result.section] = [section.sum, section];
      });
    });
  }
  return results.filter((r) => r.matched)
    .sort((a, b) => b.matched - a.matched || b.score - a.score);
}

function excerpt(text, terms) {
  const lower = text.toLowerCase();
  const at = Math.max(0, ...terms.flat().map((form) => lower.indexOf(form)));
  const start = Math.max(0, at - 40);
  return (start ? "…" : "") + text.slice(start, start + 140) + (start + 140 < text.length ? "…" : "");
}

function mark(text, terms, into) {
  const forms = terms.flat().map((f) => f.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  for (const piece of text.split(new RegExp(`(${forms.join("|")})`, "giu"))) {
    const hit = terms.flat().includes(piece.toLowerCase());
    into.append(hit ? Object.assign(document.createElement("mark"), { textContent: piece }) : piece);
  }
}

function show() {
  const query = new URLSearchParams(location.search).get("q") ?? "";
  document.getElementById("search-words").value = query;
  if (!query.trim()) return;
  const found = search(prepare(searchIndex), query);
  document.getElementById("search-count").textContent =
    found.length ? `${found.length}쪽에서 찾았다.` : `‘${query}’이(가) 있는 쪽이 없다.`;
  const list = document.getElementById("search-results");
  for (const { page, section } of found) {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = page.url;
    link.textContent = page.title;
    item.append(link);
    if (section) {
      const place = document.createElement("p");
      if (section.heading !== page.title) {
        const part = document.createElement("a");
        part.href = `${page.url}#${section.anchor}`;
        part.textContent = section.heading;
        place.append(part, " — ");
      }
      mark(excerpt(section.text, words(query)), words(query), place);
      item.append(place);
    }
    list.append(item);
  }
}

show();
