import assert from "node:assert/strict";
import test from "node:test";
import { newKey, persist, Problem } from "../../motcua/static/js/parts/api.js";

test("a key is a version 4 UUID made of getRandomValues alone", () => {
  const fixed = { getRandomValues: (bytes) => bytes.fill(0xff) };
  assert.equal(newKey(fixed), "ffffffff-ffff-4fff-bfff-ffffffffffff");
  assert.match(newKey(), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  assert.equal(new Set(Array.from({ length: 500 }, () => newKey())).size, 500);
});

test("silence is tried again, an answer ends it", async () => {
  const waits = [];
  let calls = 0;
  const attempt = async () => {
    calls += 1;
    if (calls < 3) throw new Problem(0);
    return { status: 201, body: { calls } };
  };
  assert.deepEqual(await persist(attempt, 5, async (ms) => waits.push(ms)), { status: 201, body: { calls: 3 } });
  assert.deepEqual(waits, [300, 700]);
});

test("a refusal is not tried again and keeps its code", async () => {
  let calls = 0;
  const refusal = new Problem(409, { code: "counter.idle", detail: "Chưa gọi ai." });
  const attempt = async () => {
    calls += 1;
    throw refusal;
  };
  await assert.rejects(
    persist(attempt, 5, async () => {}),
    refusal,
  );
  assert.deepEqual([calls, refusal.status, refusal.code, refusal.detail], [1, 409, "counter.idle", "Chưa gọi ai."]);
});

test("after the last try the silence is told", async () => {
  await assert.rejects(
    persist(
      async () => {
        throw new Problem(0);
      },
      2,
      async () => {},
    ),
    { code: "network", status: 0 },
  );
});
