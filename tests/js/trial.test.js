import assert from "node:assert/strict";
import { test } from "node:test";

import {
  changesOf,
  newExtra,
  newTrial,
  overTheDay,
  requestOf,
  servedAt,
  toggle,
} from "../../motcua/static/js/leaders/trial.js";

test("a trial of nothing asks for the day alone", () => {
  assert.deepEqual(
    [changesOf(newTrial("2026-11-23")), requestOf(newTrial("2026-11-23"))],
    [null, { from: "2026-11-23", to: "2026-11-23" }],
  );
});

test("everything that is tried is asked for in the API's words", () => {
  const trial = {
    ...newTrial("2026-11-16"),
    to: "2026-11-20",
    guardCalls: "0",
    guardWaitMin: "30",
    settings: "version = 1",
  };
  trial.extra.push(newExtra(), { from: "13:00", to: "15:30", all: false, services: ["birth"] });
  toggle(trial, 2, "birth", ["copy"]);
  trial.without.add(5);
  assert.deepEqual(requestOf(trial), {
    from: "2026-11-16",
    to: "2026-11-20",
    settings: "version = 1",
    changes: {
      guard_calls: 0,
      guard_wait_min: 30,
      extra_counters: [
        { services: "all", from: "08:00", to: "10:00" },
        { services: ["birth"], from: "13:00", to: "15:30" },
      ],
      counters: [{ number: 2, services: ["copy", "birth"] }],
      without_counters: [5],
    },
  });
});

test("a counter ticked back to what it serves is unchanged, one that stays closed serves nothing else", () => {
  const trial = newTrial("2026-11-23");
  toggle(trial, 1, "copy", ["copy", "birth"]);
  assert.deepEqual(servedAt(trial, 1, ["copy", "birth"]), ["birth"]);
  toggle(trial, 1, "copy", ["copy", "birth"]);
  assert.equal(changesOf(trial), null);
  toggle(trial, 1, "copy", ["copy", "birth"]);
  trial.without.add(1);
  assert.deepEqual(changesOf(trial), { without_counters: [1] });
});

test("half-hours of both are put side by side in order", () => {
  const half = (at, mean) => ({ at, mean_s: mean });
  assert.deepEqual(
    overTheDay(
      { half_hours: [half("08:00", 600), half("08:30", null)] },
      { half_hours: [half("07:30", 60), half("08:00", 300)] },
    ),
    [
      { at: "07:30", happened: null, replayed: 1 },
      { at: "08:00", happened: 10, replayed: 5 },
      { at: "08:30", happened: null, replayed: null },
    ],
  );
});
