import assert from "node:assert/strict";
import test from "node:test";
import { isUsual, lineOf, rangeOfLine } from "../../motcua/static/js/settings/layout_text.js";

test("blanks at the ends of lines and of the whole do not make a layout another one", () => {
  assert.equal(isUsual("bold {unit}  \nrule\n\n", "\nbold {unit}\nrule"), true);
  assert.equal(isUsual("", "rule"), true);
  assert.equal(isUsual("bold {unit}", "bold  {unit}"), false);
});

test("a mistake names its line, or none", () => {
  assert.equal(lineOf("printing.layout[6]"), 6);
  assert.equal(lineOf("printing.layout"), null);
  assert.equal(lineOf("printing.paper"), null);
});

test("a line is found between its breaks", () => {
  const text = "ab\ncde\n\nf";
  assert.deepEqual(
    [0, 1, 2, 3, 9].map((line) => rangeOfLine(text, line)),
    [
      [0, 2],
      [3, 6],
      [7, 7],
      [8, 9],
      [9, 9],
    ],
  );
});
