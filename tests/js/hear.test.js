import assert from "node:assert/strict";
import test from "node:test";
import { hear, Joiner } from "../../motcua/static/js/parts/hear.js";

const snapshot = (revision, more = {}) => ({ epoch: "d1", revision, ...more });

test("a change that comes first asks for sync", () => {
  assert.equal(hear(null, snapshot(1)), null);
});

test("the next change replaces only the keys it names", () => {
  assert.deepEqual(
    hear(snapshot(4, { now: [1], recent: [2] }), snapshot(5, { now: [3] })),
    snapshot(5, { now: [3], recent: [2] }),
  );
});

test("an old change alters nothing", () => {
  const state = snapshot(4, { now: [1] });
  assert.equal(hear(state, snapshot(4, { now: [0] })), state);
});

test("a gap or another database asks for sync", () => {
  assert.equal(hear(snapshot(4), snapshot(6)), null);
  assert.equal(hear(snapshot(4), { epoch: "d2", revision: 5 }), null);
});

test("changes before the snapshot wait for it", () => {
  const joiner = new Joiner();
  joiner.begin();
  assert.equal(joiner.change(snapshot(7, { a: 7 })), false);
  assert.equal(joiner.change(snapshot(8, { b: 8 })), false);
  assert.equal(joiner.state, null);
  assert.equal(joiner.snapshot(snapshot(7, { a: 7, b: 0 })), false);
  assert.deepEqual(joiner.state, snapshot(8, { a: 7, b: 8 }));
});

test("after a gap the old state stays until the snapshot, and the change that showed the gap is not lost", () => {
  const joiner = new Joiner();
  joiner.snapshot(snapshot(1, { a: 1 }));
  assert.equal(joiner.change(snapshot(3, { a: 3 })), true);
  assert.equal(joiner.isWaiting, true);
  assert.deepEqual(joiner.state, snapshot(1, { a: 1 }));
  assert.equal(joiner.snapshot(snapshot(2, { a: 2 })), false);
  assert.deepEqual(joiner.state, snapshot(3, { a: 3 }));
});

test("a snapshot that leaves a gap to a held change asks again", () => {
  const joiner = new Joiner();
  joiner.begin();
  joiner.change(snapshot(9, { a: 9 }));
  assert.equal(joiner.snapshot(snapshot(7, { a: 7 })), true);
  assert.equal(joiner.snapshot(snapshot(8, { a: 8 })), false);
  assert.deepEqual(joiner.state, snapshot(9, { a: 9 }));
});

test("another epoch's snapshot is simply taken, held changes of the old one are dropped", () => {
  const joiner = new Joiner();
  joiner.snapshot(snapshot(40, { a: 40 }));
  joiner.begin();
  joiner.change(snapshot(41, { a: 41 }));
  assert.equal(joiner.snapshot({ epoch: "d2", revision: 1, a: 0 }), false);
  assert.deepEqual(joiner.state, { epoch: "d2", revision: 1, a: 0 });
});

test("a polled snapshot never turns the screen back", () => {
  const joiner = new Joiner();
  joiner.snapshot(snapshot(5, { a: 5 }));
  joiner.polled(snapshot(4, { a: 4 }));
  assert.deepEqual(joiner.state, snapshot(5, { a: 5 }));
  joiner.polled(snapshot(6, { a: 6 }));
  assert.deepEqual(joiner.state, snapshot(6, { a: 6 }));
});

test("whatever order and repetition, the end is the server's state", () => {
  let seed = 7;
  const dice = (n) => (seed = (seed * 48271) % 2147483647) % n;
  for (let round = 0; round < 200; round += 1) {
    const joiner = new Joiner();
    const server = { epoch: "d1", revision: 0, a: 0, b: 0 };
    let isAsked = false;
    joiner.begin();
    for (let step = 0; step < 30; step += 1) {
      const key = dice(2) ? "a" : "b";
      server.revision += 1;
      server[key] = step;
      if (dice(4)) isAsked = joiner.change(snapshot(server.revision, { [key]: step })) || isAsked;
      if (isAsked || dice(5) === 0) isAsked = joiner.snapshot({ ...server });
    }
    joiner.snapshot({ ...server });
    assert.deepEqual(joiner.state, server);
  }
});
