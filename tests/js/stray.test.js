import assert from "node:assert/strict";
import { test } from "node:test";
import { AGAIN_MS, isBurst, isStray, isStrayKey } from "../../motcua/static/js/parts/stray.js";

const at = (ms, x = 100, y = 100, type = "touch") => ({ at: ms, x, y, type });

test("a second touch at the same place is dropped until a moment after the new thing came there", () => {
  const last = at(1000);
  for (const [ms, expected] of [
    [1050, true],
    [1300, true],
    [1020 + AGAIN_MS - 1, true],
    [1020 + AGAIN_MS, false],
    [2500, false],
  ]) {
    assert.equal(isStray({ press: at(ms), last, since: 1020 }), expected, String(ms));
    assert.equal(isStray({ press: at(ms), last, since: 0, under: 1020 }), expected, `under ${ms}`);
  }
});

test("where nothing changed under the finger, touches may follow one another as fast as they like", () => {
  for (const ms of [1001, 1100, 1500]) assert.equal(isStray({ press: at(ms), last: at(1000), since: 500 }), false);
  assert.equal(
    isStray({ press: at(1010), last: at(1000), since: 990, under: -Infinity }),
    false,
    "it was new, but there at both touches",
  );
  assert.equal(isStray({ press: at(1100), last: null, since: 1090 }), false);
});

test("another place is another wish, and how far that is depends on what presses", () => {
  assert.equal(isStray({ press: at(1100, 200), last: at(1000), since: 1020 }), false);
  assert.equal(isStray({ press: at(1100, 140), last: at(1000), since: 1020 }), true);
  assert.equal(isStray({ press: at(1100, 140, 100, "mouse"), last: at(1000), since: 1020 }), false);
  assert.equal(isStray({ press: at(1100, 103, 100, "mouse"), last: at(1000), since: 1020 }), true);
});

test("a press that began before the thing was there is dropped wherever it is", () => {
  assert.equal(isStray({ press: at(1000, 900), last: null, since: 1001 }), true);
});

test("a press long ago has nothing to do with the next one", () => {
  assert.equal(isStray({ press: at(9000), last: at(1000), since: 8950 }), false);
});

test("a held key and a doubled one press nothing that came meanwhile; another key does", () => {
  const down = { at: 1000, code: "Enter" };
  const key = (ms, code = "Enter", repeat = false) => ({ at: ms, code, repeat });
  assert.equal(isStrayKey({ key: key(5000, "Enter", true), down, since: 1020 }), true);
  assert.equal(isStrayKey({ key: key(1200), down, since: 1020 }), true);
  assert.equal(isStrayKey({ key: key(1500), down, since: 1020 }), false);
  assert.equal(isStrayKey({ key: key(1200, "Space"), down, since: 1020 }), false);
  assert.equal(isStrayKey({ key: key(1200), down, since: 900 }), false);
  assert.equal(isStrayKey({ key: key(1200), down: null, since: 1020 }), false);
});

test("three keys within a moment are a scanner's", () => {
  assert.equal(isBurst([0, 10, 20]), true);
  assert.equal(isBurst([0, 500, 510, 520]), true);
  assert.equal(isBurst([0, 10]), false);
  assert.equal(isBurst([0, 10, 80]), false);
});
