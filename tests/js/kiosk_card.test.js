import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { classFor, readCard } from "../../motcua/static/js/kiosk/card.js";
import { meaningOfPath, read } from "../../motcua/static/js/kiosk/reading.js";

const { today, cases } = JSON.parse(
  readFileSync(new URL("../unit/devices/scanner/cards.json", import.meta.url), "utf8"),
);

for (const [name, text, expected] of cases) {
  test(`${name} is read here as the agent reads it`, () => {
    assert.deepEqual(read(text, today), expected);
    if (expected.code) assert.ok(meaningOfPath(expected.code));
  });
}

test("garbage never throws and suggests nothing", () => {
  const letters = "0123456789||||//ABCNguyễn \u0000\ud800%";
  let seed = 20261125;
  const dice = (sides) => (seed = (seed * 1103515245 + 12345) % 2147483648) % sides;
  for (let n = 0; n < 2_000; n += 1) {
    const text = Array.from({ length: dice(120) }, () => letters[dice(letters.length)]).join("");
    assert.equal(readCard(text, today).age, undefined, text);
    assert.equal(read(text, today).age, undefined, text);
  }
});

test("a class is offered only where the hall has it, and stands before the ordinary people", () => {
  const hall = [
    { code: "elder75", has_priority: true },
    { code: "elder60", has_priority: true },
    { code: "ordinary", has_priority: false },
  ];
  assert.deepEqual(
    [75, 60, 0, null, undefined].map((age) => classFor(age, hall)?.code),
    ["elder75", "elder60", undefined, undefined, undefined],
  );
  assert.equal(classFor(75, hall.slice(1)).code, "elder60");
  assert.equal(classFor(60, [hall[0], hall[2]]), null);
  assert.equal(classFor(75, [{ code: "elder75", has_priority: false }]), null);
});

test("what our codes stand for", () => {
  for (const [path, meaning] of [
    ["b/abcdeghk", { booking: "ABCDEGHK" }],
    ["seat/12", { seat: 12 }],
    ["seat/0", null],
    ["seat/x", null],
    ["t/abcDEF-_1234", { ticket: "abcDEF-_1234" }],
    ["n/A001", { number: "A001" }],
    ["settings", null],
  ]) {
    assert.deepEqual(meaningOfPath(path), meaning, path);
  }
});
