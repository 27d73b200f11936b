// Runs a Lite workbook's main.py in Pyodide, beside a client that answers from a file's contents.
// node lite_runner.mjs RUNTIME WHEEL JOB PYTHON OUT
import fs from "node:fs";
import { pathToFileURL } from "node:url";

const [runtime, wheel, jobFile, pythonFile, outFile] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${runtime}/pyodide.mjs`));
const job = JSON.parse(fs.readFileSync(jobFile, "utf8"));
const pyodide = await loadPyodide({
  env: { XLWINGS_LICENSE_KEY: "noncommercial", XLWINGS_ON_SERVER: "true", TZ: "UTC" },
});
pyodide.unpackArchive(new Uint8Array(fs.readFileSync(wheel)), "whl");
pyodide.FS.writeFile("main.py", job.main);

const place = (address) => {
  const [first, last] = address.replaceAll("$", "").split(":").map((cell) => {
    const [, letters, row] = /^([A-Z]+)(\d+)$/.exec(cell);
    const column = [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);
    return [Number(row), column];
  });
  return [...first, ...(last ?? first)];
};
const cells = (sheet, address, held, blank) => {
  const [top, left, bottom, right] = place(address);
  const rows = [];
  for (let row = top; row <= bottom; row++) {
    const found = [];
    for (let column = left; column <= right; column++) {
      found.push(sheet[held][row - 1]?.[column - 1] ?? blank);
    }
    rows.push(found);
  }
  return rows;
};
const same = (rows) => {
  const kinds = new Set(rows.flat());
  return kinds.size === 1 ? [...kinds][0] : null;
};
const merges = (sheet, address) => {
  const [top, left, bottom, right] = place(address);
  const inside = [];
  for (let row = top; row <= bottom; row++) {
    for (let column = left; column <= right; column++) {
      inside.push(sheet.merged.find((merge) => {
        const [a, b, c, d] = place(merge);
        return a <= row && row <= c && b <= column && column <= d;
      }) ?? null);
    }
  }
  return inside;
};

// What the task pane of Lite offers, as far as the product asks for it.
const answers = {
  formulas: (sheet, address) => cells(sheet, address, "formulas", ""),
  number_format: (sheet, address) => same(cells(sheet, address, "formats", "General")),
  colors: (sheet, address) => cells(sheet, address, "colors", null),
  merge_cells: (sheet, address) => same([merges(sheet, address).map((merge) => merge !== null)]),
  merge_area: (sheet, address) => merges(sheet, address)[0],
};
globalThis.finsam = { job, book: null, sent: [], asked: 0 };
globalThis.xlwings = {
  getBookData: async (options) => {
    const data = structuredClone(finsam.book.payload);
    if (options.lazy) data.sheets.forEach((sheet) => { sheet.values = []; });
    return data;
  },
  getRangeData: async (sheet, address, keys) => {
    finsam.asked += 1;
    const held = finsam.book.sheets[sheet];
    return Object.fromEntries([...keys].map((key) => [key, answers[key](held, address)]));
  },
  runActions: async (actions) => { finsam.sent.push(...actions.actions); },
};
try {
  fs.writeFileSync(outFile, await pyodide.runPythonAsync(fs.readFileSync(pythonFile, "utf8")));
} catch (error) {
  console.error(error.message); // Node would print the whole of Pyodide's one line of code
  process.exitCode = 1;
}
