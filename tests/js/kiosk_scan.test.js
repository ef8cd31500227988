import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { meaningOf } from "../../motcua/static/js/kiosk/keys.js";
import { readAny } from "../../motcua/static/js/kiosk/reading.js";
import { Scanner } from "../../motcua/static/js/kiosk/scan.js";
import { letterOf, physicalLetter, plainLetter } from "../../motcua/static/js/parts/physical.js";

const { today, cases } = JSON.parse(
  readFileSync(new URL("../unit/devices/scanner/cards.json", import.meta.url), "utf8"),
);
const CARD = cases[0][1];
const TICKET = "http://10.0.0.5:8080/t/aB1-_2cD3eF4";
const PATH = { code: "t/aB1-_2cD3eF4" };
const HAND = { byEnd: true, isForHands: true };
const AWAY = { byEnd: true, isForHands: false };

/** A scanner that has heard `text` with `ms` between the keys. */
function typed(text, ms, scanner = new Scanner(), from = 1_000) {
  [...text].forEach((letter, n) => scanner.letter(letter, null, from + n * ms));
  return { scanner, at: from + [...text].length * ms };
}

/** What `text` means, typed so and ended by Enter. */
function ended(text, ms, how = AWAY) {
  const { scanner, at } = typed(text, ms);
  return meaningOf(scanner.end(at), today, how);
}

/** As `ended`, for a scanner that types nothing in the end. */
function faded(text, ms, how = AWAY) {
  return meaningOf(typed(text, ms).scanner.silence(), today, { ...how, byEnd: false });
}

for (const ms of [1, 8, 30, 100, 150, 250, 500]) {
  test(`cards and codes are understood with ${ms} ms between the keys, with an end and without one`, () => {
    for (const how of [AWAY, HAND]) {
      assert.deepEqual([ended(CARD, ms, how), faded(CARD, ms, how)], [{ age: 0 }, { age: 0 }]);
      assert.deepEqual([ended(TICKET, ms, how), faded(TICKET, ms, how)], [PATH, PATH]);
      assert.deepEqual(ended("ABCDEGHK", ms, how), { code: "b/ABCDEGHK" });
    }
    assert.deepEqual(faded("A001", ms), { code: "n/A001" });
    assert.deepEqual(ended("8934567890123", ms), { refused: "not_a_card" });
  });
}

test("what a hand types where hands type is a hand's until it is whole", () => {
  assert.equal(faded("ABCDEGHK", 180, HAND), null);
  assert.equal(faded("A001", 180, HAND), null);
  assert.equal(ended("ABCDEGHKL", 180, HAND), null);
  assert.equal(ended("12", 5), null);
  assert.deepEqual(faded("ABCDEGHK", 8, HAND), { code: "b/ABCDEGHK" });
});

test("what is not understood is answered, whoever typed it as only a scanner does", () => {
  assert.deepEqual(ended("8934567890123", 8, HAND), { refused: "not_a_card" });
  assert.deepEqual(faded("https://vi.wikipedia.org/", 200, HAND), { refused: "not_a_card" });
  assert.deepEqual(ended("9".repeat(1_500), 1), { refused: "too_long" });
});

test("what a hand typed before a scan does not belong to it, and a scan is told once", () => {
  for (const pause of [300, 2_000]) {
    const { scanner } = typed("X", 1);
    const { at } = typed("ABCDEGHK", 3, scanner, 1_000 + pause);
    assert.deepEqual(meaningOf(scanner.end(at), today, AWAY), { code: "b/ABCDEGHK" });
    assert.equal(scanner.end(at + 10), null);
  }
  assert.equal(typed("ABCDEGHK", 5).scanner.end(9_000), null);
});

test("what is being scanned can be told from what is typed by its third key, also behind a hand", () => {
  assert.deepEqual(
    ["0", "00", "000"].map((text) => typed(text, 8).scanner.isFast),
    [false, false, true],
  );
  assert.equal(typed("000", 60).scanner.isFast, false);
  assert.equal(typed("000", 8, typed("X", 1).scanner, 1_400).scanner.isFast, true);
});

/** Presses of a scanner that thinks of a US keyboard, as a computer with another layout writes them. */
function pressed(text, layout) {
  const scanner = new Scanner();
  [...text].forEach((letter, n) => {
    const press = layout(letter);
    scanner.letter(letterOf(press), physicalLetter(press), 1_000 + n * 8);
  });
  return readAny(scanner.end(1_000 + text.length * 8).texts, today);
}

const ROW = { "!": 1, "@": 2, "#": 3, $: 4, "%": 5, "^": 6, "&": 7, "*": 8, "(": 9, ")": 0 };
const SIGNS = {
  ":": "Semicolon",
  "/": "Slash",
  "?": "Slash",
  ".": "Period",
  "-": "Minus",
  _: "Minus",
  "|": "Backslash",
  " ": "Space",
  ",": "Comma",
  "=": "Equal",
};

/** The key that a US keyboard has for `letter`; letters with marks, which it has not, are left out as scanners do. */
function key(letter) {
  const shiftKey = /[A-Z:?_|!@#$%^&*()]/.test(letter);
  if (/[a-z]/i.test(letter)) return { key: letter, code: `Key${letter.toUpperCase()}`, shiftKey };
  if (/\d/.test(letter)) return { key: letter, code: `Digit${letter}`, shiftKey };
  return { key: letter, code: SIGNS[letter] ?? (letter in ROW ? `Digit${ROW[letter]}` : ""), shiftKey };
}

const VIETNAMESE = Object.fromEntries(
  [..."1234567890"].map((digit, n) => [digit, [..."ăâêô\u0300\u0309\u0303\u0301\u0323đ"][n]]),
);
const LAYOUTS = {
  "a US keyboard": key,
  "a Windows Vietnamese keyboard": (letter) => ({ ...key(letter), key: VIETNAMESE[letter] ?? letter }),
  "an input method that hides letters": (letter) =>
    /[a-z]/i.test(letter) ? { ...key(letter), key: "Process" } : key(letter),
  "an input method that hides everything": (letter) => ({ ...key(letter), key: "Process" }),
  "dead keys": (letter) => (/\d/.test(letter) ? { ...key(letter), key: "Dead" } : key(letter)),
  "the Caps Lock": (letter) => ({
    ...key(letter),
    key: /[a-z]/.test(letter) ? letter.toUpperCase() : letter.toLowerCase(),
  }),
  "a number pad without NumLock": (letter) =>
    /\d/.test(letter) ? { key: "End", code: `Numpad${letter}` } : key(letter),
  "a layout that the scanner knows": (letter) => ({ ...key(letter), code: "KeyQ" }),
};

for (const [name, layout] of Object.entries(LAYOUTS)) {
  test(`a scanner on ${name} is understood`, () => {
    assert.deepEqual(pressed(TICKET, layout), PATH);
    assert.deepEqual(pressed("000040123456||PHM TH TH|02011940|N|Phng Khng C|15042021", layout), { age: 75 });
    assert.deepEqual(pressed("A001", layout), { code: "n/A001" });
  });
}

test("an input method that has changed a code is named, and one that takes letters back harms no card", () => {
  assert.deepEqual(readAny(["http://10.0.0.5/t/abcđEF-_1234", "http://10.0.0.5/t/abcđEF-_1234"], today), {
    refused: "input_method",
  });
  const scanner = new Scanner();
  [...CARD].forEach((letter, n) => {
    if (letter === "Ậ") {
      scanner.letter("A", "A", 1_000 + n * 8);
      scanner.back();
    }
    scanner.letter(letter, null, 1_000 + n * 8);
  });
  assert.deepEqual(readAny(scanner.silence().texts, today), { age: 0 });
});

test("shortcuts have one letter on every layout", () => {
  const presses = [
    { key: "ă", code: "Digit1" },
    { key: "Process", code: "KeyR" },
    { key: "R", code: "KeyR" },
    { key: "End", code: "Numpad1" },
    { key: "F2", code: "F2" },
    { key: "a", code: "KeyQ" },
  ];
  assert.deepEqual(presses.map(plainLetter), ["1", "r", "R", "1", null, "a"]);
});
