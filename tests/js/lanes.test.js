import assert from "node:assert/strict";
import { test } from "node:test";
import { laneOf, pruneLanes, putLane, renameLanes, seatNames } from "../../motcua/static/js/settings/lanes.js";

const counter = () => ({ services: ["copy", "birth"], prefer: ["A"], must: ["birth"] });
const groupOf = (code) => ({ copy: "A", birth: "H" })[code];

test("a lane is read from what a counter prefers and must serve", () => {
  const both = { ...counter(), must: ["A"] };
  assert.deepEqual(
    [laneOf(counter(), "A"), laneOf(counter(), "birth"), laneOf(counter(), "copy"), laneOf(both, "A")],
    ["prefer", "must", "may", "first"],
  );
});

test("a lane that is put is read again, and others stay", () => {
  for (const lane of ["may", "prefer", "must", "first"]) {
    const one = counter();
    putLane(one, "H", lane);
    putLane(one, "H", lane);
    assert.equal(laneOf(one, "H"), lane);
    assert.deepEqual([laneOf(one, "A"), laneOf(one, "birth")], ["prefer", "must"]);
    assert.ok(one.prefer.length + one.must.length <= 4);
  }
});

test("what is served no more has no lane, nor has its group without another service", () => {
  const one = { ...counter(), services: ["birth"] };
  pruneLanes(one, groupOf);
  assert.deepEqual([one.prefer, one.must], [[], ["birth"]]);
});

test("lanes follow a group's new letter", () => {
  const [one, other] = [counter(), { ...counter(), must: ["A"] }];
  renameLanes([one, other], "A", "B");
  assert.deepEqual([one.prefer, one.must, other.must], [["B"], ["birth"], ["B"]]);
});

test("many seats are named once each and not beyond the most", () => {
  assert.deepEqual(seatNames("Ghế ", 1, 4, ["Ghế 2"], 200), ["Ghế 1", "Ghế 3", "Ghế 4"]);
  assert.deepEqual(seatNames("Ghế", 5, 3, [], 200), []);
  assert.deepEqual(seatNames("", 1, 9, ["x"], 3), ["1", "2"]);
});
