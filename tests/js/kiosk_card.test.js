import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { classFor, readCard } from "../../motcua/static/js/kiosk_card.js";
import { isCard, meaning, meaningOfPath, Scanner } from "../../motcua/static/js/kiosk_scan.js";

const { today, cases } = JSON.parse(readFileSync(new URL("../unit/devices/scanner/cards.json", import.meta.url), "utf8"));

/** The path of what `meaning` found, as the agent's own reader writes it. */
function path(found) {
  if (found?.booking) return { code: `b/${found.booking}` };
  if (found?.seat) return { code: `seat/${found.seat}` };
  return found?.ticket ? { code: `t/${found.ticket}` } : { refused: "not_a_card" };
}

for (const [name, text, wanted] of cases) {
  test(`${name} is read here as the agent reads it`, () => {
    assert.deepEqual(isCard(text) ? readCard(text, today) : path(meaning(text)), wanted);
    if (wanted.code) assert.deepEqual(path(meaningOfPath(wanted.code)), wanted);
  });
}

test("garbage never throws and suggests nothing", () => {
  const letters = "0123456789||||//ABCNguyễn \u0000\ud800";
  let seed = 20261125;
  const dice = (sides) => (seed = (seed * 1103515245 + 12345) % 2147483648) % sides;
  for (let n = 0; n < 2_000; n += 1) {
    const text = Array.from({ length: dice(120) }, () => letters[dice(letters.length)]).join("");
    assert.equal(readCard(text, today).age, undefined, text);
  }
});

test("a class is offered only where the hall has it, and stands before the ordinary people", () => {
  const hall = [{ code: "elder75", rank: 1 }, { code: "elder60", rank: 2 }, { code: "ordinary", rank: 3 }];
  assert.deepEqual([75, 60, 0, null, undefined].map((age) => classFor(age, hall)?.code), ["elder75", "elder60", undefined, undefined, undefined]);
  assert.equal(classFor(75, hall.slice(1)).code, "elder60");
  assert.equal(classFor(60, [hall[0], hall[2]]), null);
  assert.equal(classFor(75, [{ code: "elder75", rank: 1 }]), null);
});

/** A scanner that hears `text` with `ms` between the keys. */
function typed(text, ms) {
  const scanner = new Scanner();
  [...text].forEach((letter, n) => scanner.press(letter, 1_000 + n * ms));
  return { scanner, end: 1_000 + text.length * ms };
}

test("a card is told by Enter or by silence, once, if its keys came faster than a hand's", () => {
  const [, card] = cases[0];
  const byEnter = typed(card, 8);
  assert.equal(byEnter.scanner.press("Enter", byEnter.end), card);
  assert.equal(byEnter.scanner.press("Enter", byEnter.end + 5), null);
  const bySilence = typed(card, 8);
  assert.equal(bySilence.scanner.silence(), card);
  assert.equal(bySilence.scanner.silence(), null);
  const byHand = typed(card, 40);
  assert.equal(byHand.scanner.isFast, false);
  assert.equal(byHand.scanner.press("Enter", byHand.end), null);
  assert.equal(typed("ABCDEGHK", 8).scanner.silence(), null);
});

test("what is being scanned can be told from what is typed by its third key, and no more than 1 KiB is kept", () => {
  assert.deepEqual(["0", "00", "000"].map((text) => typed(text, 8).scanner.isFast), [false, false, true]);
  assert.equal(typed("000", 60).scanner.isFast, false);
  const endless = typed("9".repeat(1_500), 1);
  assert.equal(endless.scanner.press("Enter", endless.end).length, 476);
});
