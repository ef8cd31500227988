import assert from "node:assert/strict";
import { test } from "node:test";

import { rows } from "../../motcua/static/js/settings/rows.js";

const places = (fields) => rows(fields).map((row) => row.map(({ place }) => place).join(" "));
const flag = (place) => ({ place, kind: "flag" });
const number = (place) => ({ place, kind: "number" });
const line = (place, maxlength) => ({ place, kind: "line", maxlength });

test("ticks that begin a card come first, the other ticks last", () => {
  assert.deepEqual(places([flag("is_on"), number("speed"), flag("chime"), number("volume")]), [
    "is_on",
    "speed volume",
    "chime",
  ]);
  assert.deepEqual(places([flag("one"), flag("two")]), ["one", "two"]);
});

test("short fields stand side by side, long ones alone", () => {
  assert.deepEqual(
    places([line("host", 200), number("port"), { place: "way", kind: "choice" }, line("user", 200), line("latest", 5)]),
    ["host", "port way", "user", "latest"],
  );
  const choice = (place, word) => ({
    place,
    kind: "choice",
    options: [
      [0, "short"],
      [1, word],
    ],
  });
  assert.deepEqual(places([choice("paper", "x".repeat(60)), choice("width", "80 mm"), number("copies")]), [
    "paper",
    "width copies",
  ]);
  assert.deepEqual(places([]), []);
});
