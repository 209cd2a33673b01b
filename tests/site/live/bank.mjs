// Runs cells in Pyodide under Node, as the worker of a page does: one line of JSON for each line.
//
//   node bank.mjs FOLDER_OF_PYODIDE ARCHIVE < runs

import { readFile } from "node:fs/promises";
import path from "node:path";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [folder, archive] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, "pyodide.mjs")).href);
const pyodide = await loadPyodide({ indexURL: folder, stdout: () => {}, stderr: () => {} });
await pyodide.loadPackage("numpy", { messageCallback: () => {} });
const packages = pyodide.runPython("import sysconfig; sysconfig.get_path('purelib')");
const content = new Uint8Array(await readFile(archive));
pyodide.unpackArchive(content.buffer, "zip", { extractDir: packages });
const { run } = pyodide.pyimport("cvbook_live");

for await (const line of createInterface({ input: process.stdin })) {
  let said = "";
  const emit = (kind, content) => {
    if (kind === "stderr") said += content;
  };
  const end = run(pyodide.toPy(JSON.parse(line)), emit);
  console.log(JSON.stringify([end, said]));
}
