import assert from "node:assert/strict";
import { test } from "node:test";

import {
  mistakesAt,
  move,
  nearest,
  parts,
  putAt,
  readDay,
  readHours,
  valueAt,
  writeDay,
} from "../../motcua/static/js/settings/draft.js";

test("a place finds its value and changes it", () => {
  const draft = { services: [{ name: { vi: "Chứng thực" } }], hours: { monday: ["07:30-11:30"] } };
  putAt(draft, "services[0].name.vi", "Sao y");
  putAt(draft, "hours.monday", []);
  assert.deepEqual(
    [
      parts("services[0].name.vi"),
      valueAt(draft, "services[0].name.vi"),
      valueAt(draft, "hours.monday"),
      valueAt(draft, "a[1].b"),
    ],
    [["services", 0, "name", "vi"], "Sao y", [], undefined],
  );
});

test("a mistake stands at its own field, or at the field that holds the list", () => {
  const mistakes = [{ place: "hours.monday[1]" }, { place: "hours.mondays" }];
  assert.deepEqual(
    [mistakesAt(mistakes, "hours.monday"), mistakesAt(mistakes, "hours.monday", { below: true })],
    [[], [{ place: "hours.monday[1]" }]],
  );
  const places = ["services[1]", "services[1].name.vi", "services[12]", "hours.monday"];
  assert.deepEqual(
    ["services[1].name.vi", "services[1].code", "services[12].procedures[0]", "services", "unit.name"].map((place) =>
      nearest(places, place),
    ),
    ["services[1].name.vi", "services[1]", "services[12]", "services[1]", null],
  );
});

test("an item moves up and down, not out of its list", () => {
  const list = [1, 2, 3];
  assert.deepEqual([move(list, 0, -1), move(list, 0, 1), list, move(list, 2, 1)], [false, true, [2, 1, 3], false]);
});

test("hours are read as people write them", () => {
  assert.deepEqual(["7h30 - 11h30; 13:00–17:00", "7-11", "", " , ", "07:30-11:30,13.00-17g00", "sáng"].map(readHours), [
    ["07:30-11:30", "13:00-17:00"],
    ["07:00-11:00"],
    [],
    [],
    ["07:30-11:30", "13:00-17:00"],
    ["sáng"],
  ]);
});

test("days are read and written the way round that is usual here", () => {
  assert.deepEqual(["1/2/2026", "31-01-2026", "2026-01-31", "Tết"].map(readDay), [
    "2026-02-01",
    "2026-01-31",
    "2026-01-31",
    "Tết",
  ]);
  assert.deepEqual(["2026-02-01", "mai"].map(writeDay), ["01/02/2026", "mai"]);
});
