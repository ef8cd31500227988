/** Which calls for help make a sound, and for how long. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hearCalls } from "../../motcua/static/js/parts/help_calls.js";

const call = (id, counter, answered_at = null) => ({ id, counter, answered_at });

test("a call from elsewhere sounds once, and waits until somebody answers", () => {
  const calls = [call(1, 3)];
  assert.deepEqual(hearCalls(calls, new Set(), 2), { fresh: calls, isWaiting: true });
  assert.deepEqual(hearCalls(calls, new Set([1]), 2), { fresh: [], isWaiting: true });
  assert.deepEqual(hearCalls([call(1, 3, "10:00")], new Set([1]), 2), { fresh: [], isWaiting: false });
});

test("one's own call makes no sound, a leader hears all", () => {
  assert.deepEqual(hearCalls([call(1, 3)], new Set(), 3), { fresh: [], isWaiting: false });
  assert.deepEqual(hearCalls([call(1, 3)], new Set(), null), { fresh: [call(1, 3)], isWaiting: true });
});
