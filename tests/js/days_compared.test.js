import assert from "node:assert/strict";
import { test } from "node:test";
import { differences, takeOver } from "../../motcua/static/js/settings/days_compared.js";

const item = (date, name, works = false) => ({ date, works, name });
const page = () => ({
  days_off: [
    { date: "2027-01-01", name: "Tết Dương lịch", source: "a" },
    { date: "2027-02-11", name: "Tết", source: "b" },
    { date: "2027-09-02", name: "Lễ", source: "c" },
  ],
  working_days: [{ date: "2027-01-09", hours: [], name: "Làm bù", source: "d" }],
});
const list = [
  item("2027-01-01", "Tết Dương lịch"),
  item("2027-02-04", "29 Tết"),
  item("2027-02-11", null),
  item("2027-08-21", "Làm bù", true),
  item("2027-09-02", "Quốc khánh"),
];

test("only what differs from the page is shown, with why", () => {
  assert.deepEqual(
    differences(list, page()).map((row) => [row.date, row.difference, row.name_here]),
    [
      ["2027-02-04", "new", null],
      ["2027-02-11", "only_here", "Tết"],
      ["2027-08-21", "new", null],
      ["2027-09-02", "other_name", "Lễ"],
    ],
  );
});

test("what is taken over is added in order, renamed or removed; then nothing differs", () => {
  const settings = page();
  takeOver(settings, differences(list, settings), { source: "list", hours: ["08:00-11:00"] });
  assert.deepEqual(settings.days_off, [
    { date: "2027-01-01", name: "Tết Dương lịch", source: "a" },
    { date: "2027-02-04", name: "29 Tết", source: "list" },
    { date: "2027-09-02", name: "Quốc khánh", source: "c" },
  ]);
  assert.deepEqual(
    settings.working_days.map((one) => one.date),
    ["2027-01-09", "2027-08-21"],
  );
  assert.deepEqual(settings.working_days[1].hours, ["08:00-11:00"]);
  assert.deepEqual(differences(list, settings), []);
});
