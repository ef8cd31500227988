import assert from "node:assert/strict";
import { test } from "node:test";
import { missingCounters, numbersWords } from "../../motcua/static/js/settings/serving.js";

test("counters are named in as few words as they can be", () => {
  const words = {
    "": [],
    5: [5],
    "1, 2": [2, 1],
    "1–4, 7": [7, 1, 2, 3, 4],
    "1, 3, 5, 6": [6, 5, 3, 1],
    "9–11": [11, 10, 9],
  };
  for (const [expected, numbers] of Object.entries(words)) assert.equal(numbersWords(numbers), expected);
});

test("a counter of a device that the program does not serve is missing, if the hall has it", () => {
  const agent = { counters: [1], devices: [{ counters: [1, 2] }, { counters: [] }, { counters: [3, 9] }] };
  assert.deepEqual(missingCounters(agent, [1, 2, 3, 4]), [2, 3]);
});
