import assert from "node:assert/strict";
import { test } from "node:test";

import { meaningOf } from "../../motcua/static/js/kiosk/keys.js";
import { readReceipt } from "../../motcua/static/js/terminal/receipt.js";

const TOKEN = "aB1-_2cD3eF4";
const ADDRESS = `http://10.0.0.5:8080/d/${TOKEN}`;

test("a receipt's code is read as scanners write it", () => {
  const swapped = ADDRESS.replace(/[A-Za-z]/g, (one) => (one < "a" ? one.toLowerCase() : one.toUpperCase()));
  const ways = [
    ADDRESS,
    ` ${ADDRESS}\r\n`,
    `]Q3${ADDRESS}`,
    `${ADDRESS}?lang=en`,
    swapped,
    encodeURIComponent(ADDRESS),
  ];
  for (const text of ways) assert.deepEqual(readReceipt([text]), { code: TOKEN }, text);
});

test("what is no receipt's code means nothing, however odd", () => {
  const others = [
    "001090012345|012345678|Nguyễn Văn An|04051990|Nam|Số 5 phố Huế|01012022",
    "http://10.0.0.5:8080/t/aB1-_2cD3eF4",
    "http://10.0.0.5:8080/d/",
    "http://10.0.0.5:8080/d/short",
    `http://10.0.0.5:8080/d/${"x".repeat(41)}`,
    "d",
    "",
    "%E0%A4%A",
    "\u0000\u200b",
  ];
  for (const text of others) assert.deepEqual(readReceipt([text]), { refused: "not_a_card" }, text);
  assert.deepEqual(readReceipt([]), { refused: "not_a_card" });
});

test("of the ways in which a scan may be read the first that is a code counts", () => {
  assert.deepEqual(readReceipt(["httpỏ", "x", ADDRESS]), { code: TOKEN });
});

test("a hand's letters are no scan, and a scanner's are one where people type too", () => {
  const typed = { texts: ["261129-0001"], isFast: false, isTooLong: false, length: 11 };
  const how = { byEnd: true, isForHands: true, read: readReceipt };
  assert.equal(meaningOf(typed, "2026-11-29", how), null);
  assert.deepEqual(meaningOf({ ...typed, texts: [ADDRESS], isFast: true }, "2026-11-29", how), { code: TOKEN });
});
