// Bundle each widget into one module and one stylesheet, which anywidget takes as `_esm` and `_css`.
//
// The widget for grading is beside its class, in grading/marking, and uses the same shared modules.
//
//   npm run build    write ../static/<widget>.js and .css
//   npm run watch    the same again after each change
//   npm run check    bundle without writing

import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const folder = path.dirname(fileURLToPath(import.meta.url));
const entries = await readdir(folder, { withFileTypes: true });
const widgets = entries.filter((one) => one.isDirectory() && one.name !== "shared");
const marking = path.join(folder, "../../grading/marking");

/** @satisfies {import("esbuild").BuildOptions} */
const shared = {
  absWorkingDir: folder,
  bundle: true,
  format: "esm",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  banner: {
    js: "// Generated from ../frontend by `npm run build`; do not edit.",
    css: "/* Generated from ../frontend by `npm run build`; do not edit. */",
  },
  // Every notebook with a widget contains its bundle, so it is minified; names stay, for readable
  // stack traces.
  minifyWhitespace: true,
  minifySyntax: true,
};

const bundles = [
  {
    ...shared,
    entryPoints: widgets.map(({ name }) => ({ in: `${name}/view.js`, out: name })),
    outdir: path.join(folder, "../static"),
  },
  {
    ...shared,
    entryPoints: [{ in: path.join(marking, "frontend/view.js"), out: "view" }],
    outdir: path.join(marking, "static"),
  },
];

/** @param {string} target */
async function empty(target) {
  const stored = await readdir(target).catch(() => []);
  await Promise.all(stored.map((name) => rm(path.join(target, name))));
}

const [mode] = process.argv.slice(2);
if (mode === "--watch") {
  for (const options of bundles) {
    const context = await esbuild.context({ ...options, logLevel: "info" });
    await context.watch();
  }
} else {
  const write = mode !== "--check";
  for (const options of bundles) {
    if (write) await empty(options.outdir);
    await esbuild.build({ ...options, write, logLevel: "warning" });
  }
}
