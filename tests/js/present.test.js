import assert from "node:assert/strict";
import test from "node:test";

import { EVERY_MS, isDue } from "../../motcua/static/js/parts/present.js";

test("a hand is told once a minute, and at once after the page's clock was put back", () => {
  assert.equal(isDue(0, -Infinity), true);
  assert.equal(isDue(EVERY_MS - 1, 0), false);
  assert.equal(isDue(EVERY_MS, 0), true);
  assert.equal(isDue(5, 1000), true);
});
