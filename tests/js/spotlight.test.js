import assert from "node:assert/strict";
import test from "node:test";
import { beside, spotlight } from "../../motcua/static/js/wall/spotlight.js";

const at = (seconds) => new Date(Date.UTC(2026, 10, 23, 1, 0, seconds)).toISOString();
const ms = (stamp) => Date.parse(stamp);
const called = (number, seconds) => ({ number, counter: 1, state: "called", called_at: at(seconds) });

test("a call stands in the light for twenty seconds", () => {
  const now = [called("A001", 0)];
  assert.deepEqual(
    spotlight(now, ms(at(19)), ms).map((item) => item.number),
    ["A001"],
  );
  assert.deepEqual(spotlight(now, ms(at(20)), ms), []);
});

test("in a hall whose clock runs faster the light lasts as long for whoever looks", () => {
  assert.equal(spotlight([called("A001", 0)], ms(at(59)), ms, 60).length, 1);
});

test("calls share the light, the newest first, three at most", () => {
  const now = [called("A001", 0), called("A002", 3), called("H001", 1), called("C001", 2)];
  assert.deepEqual(
    spotlight(now, ms(at(5)), ms).map((item) => item.number),
    ["A002", "C001", "H001"],
  );
});

test("what is in the light is not said twice beside it", () => {
  const recent = [called("A002", 3), called("A001", 0), called("H001", 0)];
  assert.deepEqual(
    beside(recent, [called("A002", 3)], 1).map((item) => item.number),
    ["A001"],
  );
});
