// Bundle the questions' script: a classic one, since modules do not load in a page opened from the
// disk.
//
//   node build.js FOLDER    prints as JSON what each entry has become
//   node build.js --check   bundles without writing

import path from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const [folder] = process.argv.slice(2);
const isCheck = folder === "--check";

await esbuild.build({
  absWorkingDir: path.dirname(fileURLToPath(import.meta.url)),
  entryPoints: [{ in: "view.js", out: "self_check" }],
  outdir: isCheck ? "unwritten" : path.resolve(folder),
  write: !isCheck,
  bundle: true,
  format: "iife",
  target: "es2022",
  charset: "utf8",
  legalComments: "none",
  minify: true,
});
if (!isCheck) console.log(JSON.stringify({ "view.js": "self_check.js" }));
