import assert from "node:assert/strict";
import test from "node:test";
import { Outbox } from "../../motcua/static/js/helpers/outbox.js";
import { findLocally } from "../../motcua/static/js/helpers/procedures.js";

function shelf(before = null) {
  let text = before;
  return {
    getItem: () => text,
    setItem: (_name, value) => {
      text = value;
    },
  };
}

const entry = (key) => ({ key, body: { outcomes: ["filed"] } });
const refusal = (status, detail = "") => Object.assign(new Error(detail), { status, detail });

test("what was entered while nobody answers is sent later, under the same key and in the same order", async () => {
  const storage = shelf();
  const before = new Outbox(() => storage);
  before.add(entry("one"));
  before.add(entry("two"));
  const silence = await before.flush(async () => {
    throw refusal(0, "silence");
  });
  assert.equal(silence.detail, "silence");
  const afterReload = new Outbox(() => storage);
  const sent = [];
  assert.equal(await afterReload.flush(async ({ key }) => sent.push(key)), null);
  assert.deepEqual(sent, ["one", "two"]);
  assert.deepEqual(new Outbox(() => storage).entries, []);
});

test("an entry that is refused stays to be corrected and holds up no other", async () => {
  const outbox = new Outbox(() => shelf());
  outbox.add(entry("bad"));
  outbox.add(entry("good"));
  const sent = [];
  await outbox.flush(async ({ key }) => {
    if (key === "bad") throw refusal(422, "There is no ticket A999.");
    sent.push(key);
  });
  assert.deepEqual(sent, ["good"]);
  assert.deepEqual(
    outbox.refused.map(({ key, refusal: words }) => [key, words]),
    [["bad", "There is no ticket A999."]],
  );
  assert.equal(outbox.waiting.length, 0);
});

test("a tablet whose right ended keeps what it has", async () => {
  const outbox = new Outbox(() => shelf());
  outbox.add(entry("one"));
  for (const status of [401, 403, 429, 503]) {
    assert.equal((await outbox.flush(() => Promise.reject(refusal(status)))).status, status);
  }
  assert.equal(outbox.waiting.length, 1);
});

test("a browser that keeps nothing, or something else, still sends", async () => {
  const blocked = new Outbox(() => {
    throw new Error("denied");
  });
  blocked.add(entry("one"));
  assert.equal(blocked.waiting.length, 1);
  for (const text of ["{", "7", '[null, {"key": "a"}]']) assert.deepEqual(new Outbox(() => shelf(text)).entries, []);
});

test("a procedure is found without a network, with or without accents", () => {
  const list = [
    { code: "1.001193", name: { vi: "Đăng ký khai sinh", en: "Register a birth" } },
    { code: "2.000815", name: { vi: "Chứng thực bản sao", en: "Certify a copy" } },
  ];
  const codes = (words) => findLocally(list, words, 5).map((item) => item.code);
  assert.deepEqual(codes("dang ky"), ["1.001193"]);
  assert.deepEqual(codes("SAO chứng"), ["2.000815"]);
  assert.deepEqual(codes("copy"), ["2.000815"]);
  assert.deepEqual(codes("  "), []);
  assert.deepEqual(codes("hộ chiếu"), []);
});
