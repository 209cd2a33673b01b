/** What `search.py` writes to `_static/search_index.js`: pages of [anchor, heading, text]. */
declare const searchIndex: { url: string; title: string; sections: [string, string, string][] }[];
