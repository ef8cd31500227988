import assert from "node:assert/strict";
import { test } from "node:test";

import { meaning, Scanner } from "../../motcua/static/js/kiosk_scan.js";

/** What a scanner hears of `text` with `ms` between the keys, and Enter in the end. */
function heard(text, ms, { enterMs = ms, shift = false } = {}) {
  const scanner = new Scanner();
  let at = 1_000;
  for (const letter of text) {
    at += ms;
    if (shift) scanner.press("Shift", at);
    assert.equal(scanner.press(letter, at), null);
  }
  return scanner.press("Enter", at + enterMs);
}

test("fast keys that end with Enter are a scan, slow ones are a hand", () => {
  assert.equal(heard("ABCDEGHK", 5), "ABCDEGHK");
  assert.equal(heard("http://10.0.0.5:8080/b/ABCDEGHK", 30, { shift: true }), "http://10.0.0.5:8080/b/ABCDEGHK");
  assert.equal(heard("ABCDEGHK", 200), null);
  assert.equal(heard("ABCDEGHK", 5, { enterMs: 900 }), null);
  assert.equal(heard("A12", 5), null);
});

test("what a hand typed before a scan does not belong to it, and a scan is told once", () => {
  const scanner = new Scanner();
  scanner.press("X", 0);
  for (const [n, letter] of [..."ABCDEGHK"].entries()) scanner.press(letter, 2_000 + n);
  assert.equal(scanner.press("Enter", 2_010), "ABCDEGHK");
  assert.equal(scanner.press("Enter", 2_020), null);
});

test("an address or a bare code says what was scanned", () => {
  for (const [text, found] of [
    ["http://192.168.1.10:8080/b/abcdeghk", { booking: "ABCDEGHK" }],
    ["https://phuong.vn/b/ABCDEGHK", { booking: "ABCDEGHK" }],
    ["abcd-eghk", { booking: "ABCDEGHK" }],
    [" ABCD EGHK ", { booking: "ABCDEGHK" }],
    ["http://10.0.0.5/seat/12", { seat: 12 }],
    ["http://10.0.0.5/seat/0", null],
    ["http://10.0.0.5/seat/x", null],
    ["http://10.0.0.5/t/abcDEF-_1234", { ticket: "abcDEF-_1234" }],
    ["http://10.0.0.5/settings", null],
    ["001199012345|NGUYEN VAN A|01011990", null],
    ["", null],
  ]) assert.deepEqual(meaning(text), found, text);
});
