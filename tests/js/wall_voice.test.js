import assert from "node:assert/strict";
import test from "node:test";
import { addCall, ended, GAP_S, next, quiet } from "../../motcua/static/js/wall/voice.js";

const call = (number, more = {}) => ({
  number,
  audio_url: `/voice/call/${number}/1.wav`,
  repeat: 2,
  chime: true,
  ...more,
});
const queueOf = (...calls) => calls.reduce((queue, [item, atMs]) => addCall(queue, item, atMs), quiet());

test("a call is a chime, its sentence, a pause and its sentence again", () => {
  const { steps } = next(queueOf([call("A001"), 0]), 10);
  assert.deepEqual(steps, [
    { chime: true },
    { say: "/voice/call/A001/1.wav" },
    { pause: GAP_S },
    { say: "/voice/call/A001/1.wav" },
  ]);
  assert.ok(GAP_S >= 0.7 && GAP_S <= 1);
});

test("calls never overlap: the next begins when the one before has ended", () => {
  let queue = queueOf([call("A001"), 0], [call("A002"), 0]);
  const first = next(queue, 0);
  assert.equal(first.call.number, "A001");
  assert.equal(next(first.queue, 0).call, null);
  queue = ended(first.queue);
  assert.equal(next(queue, 0).call.number, "A002");
  assert.equal(next(ended(next(queue, 0).queue), 0).call, null);
});

test("a call once more jumps no queue", () => {
  let queue = queueOf([call("A001"), 0], [call("A002"), 1], [call("A001", { recall: true }), 2]);
  const order = [];
  for (let step = next(queue, 3); step.call; step = next(queue, 3)) {
    order.push(step.call.number);
    queue = ended(step.queue);
  }
  assert.deepEqual(order, ["A001", "A002", "A001"]);
});

test("after twenty seconds of waiting the repeat is left out, never the first saying", () => {
  const countSentences = (waitedMs) =>
    next(queueOf([call("A001"), 0]), waitedMs).steps.filter((step) => step.say).length;
  assert.deepEqual(
    [countSentences(0), countSentences(20_000), countSentences(20_001), countSentences(500_000)],
    [2, 2, 1, 1],
  );
});

test("without a sound there is the chime only, and without the chime the sentence only", () => {
  assert.deepEqual(next(queueOf([call("A001", { audio_url: null }), 0]), 0).steps, [{ chime: true }]);
  assert.deepEqual(next(queueOf([call("A001", { chime: false, repeat: 1 }), 0]), 0).steps, [
    { say: "/voice/call/A001/1.wav" },
  ]);
  assert.deepEqual(next(queueOf([call("A001", { chime: false, audio_url: null }), 0]), 0).steps, []);
});

test("a flood of calls is not kept for ever", () => {
  const queue = queueOf(...Array.from({ length: 500 }, (_, n) => [call(String(n)), n]));
  assert.ok(queue.waiting.length <= 50);
  assert.equal(queue.waiting.at(-1).call.number, "499");
});
