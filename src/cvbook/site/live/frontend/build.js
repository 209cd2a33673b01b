// Bundle the site's live code into a folder, with names that change with their content.
//
//   node build.js FOLDER    prints as JSON which file each entry has become
//   node build.js --check   bundles without writing

import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const here = path.dirname(fileURLToPath(import.meta.url));
const [folder] = process.argv.slice(2);

/** @satisfies {import("esbuild").BuildOptions} */
const common = {
  absWorkingDir: here,
  bundle: true,
  format: /** @type {const} */ ("esm"),
  target: "es2022",
  charset: /** @type {const} */ ("utf8"),
  legalComments: /** @type {const} */ ("none"),
  minify: true,
  loader: { ".css": /** @type {const} */ ("text") },
  metafile: /** @type {const} */ (true),
  outdir: folder === "--check" ? "unwritten" : path.resolve(folder),
  write: folder !== "--check",
};

const pages = await esbuild.build({
  ...common,
  entryPoints: ["cells.js", "exercise.js", "worker.js"],
  entryNames: "[name]-[hash]",
  chunkNames: "[name]-[hash]",
  splitting: true,
});
const alone = await esbuild.build({ ...common, entryPoints: ["service_worker.js"] });

const outputs = { ...pages.metafile.outputs, ...alone.metafile.outputs };
const entries = Object.entries(outputs).flatMap(([file, { entryPoint }]) =>
  entryPoint ? [[entryPoint, path.basename(file)]] : [],
);
if (common.write) console.log(JSON.stringify(Object.fromEntries(entries)));
