import assert from "node:assert/strict";
import { test } from "node:test";

import { formatRange, minutesOf } from "../../motcua/static/js/parts/range.js";

test("a range is told in whole minutes, rounded outwards", () => {
  const told = [[0, 20], [30, 290], [600, 1200], [659, 1201], [600, 600]].map(([p50_s, p80_s]) => formatRange({ p50_s, p80_s }));
  assert.deepEqual(told, ["under 1 min", "under 5 min", "about 10–20 min", "about 10–21 min", "about 10 min"]);
  assert.deepEqual(minutesOf({ p50_s: 119, p80_s: 121 }), [1, 3]);
});

test("what nobody knows is not told", () => {
  assert.deepEqual([formatRange(null), formatRange(undefined)], ["", ""]);
});
