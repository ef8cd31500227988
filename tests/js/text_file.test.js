import assert from "node:assert/strict";
import { test } from "node:test";

import { decodeInput } from "../../motcua/static/js/parts/text_file.js";

const TEXT = 'name = "Phường Mỹ Đình"\r\n';
const utf8 = new TextEncoder().encode(TEXT);
const wide = (swap) => {
  const bytes = new Uint8Array(TEXT.length * 2);
  [...TEXT].forEach((letter, n) => new DataView(bytes.buffer).setUint16(n * 2, letter.charCodeAt(0), !swap));
  return bytes;
};
const marked = (mark, bytes) => Uint8Array.from([...mark, ...bytes]);

test("a file in UTF-8 is read, with a mark or without", () => {
  for (const bytes of [utf8, marked([0xef, 0xbb, 0xbf], utf8)]) {
    assert.deepEqual(decodeInput(bytes), { text: TEXT });
  }
  assert.deepEqual(decodeInput(new Uint8Array()), { text: "" });
});

test("what else a file is in is named", () => {
  for (const bytes of [wide(false), wide(true), marked([0xff, 0xfe], wide(false)), marked([0xfe, 0xff], wide(true))]) {
    assert.deepEqual(decodeInput(bytes), { encoding: "UTF-16" });
  }
  assert.deepEqual(decodeInput(Uint8Array.from([0x50, 0x68, 0xfd, 0xf5, 0x6e, 0x67])), { encoding: "Windows-1258" });
  assert.deepEqual(decodeInput(Uint8Array.from([0x89, 0x50, 0x00, 0x01, 0x02, 0xff])), { encoding: "" });
});
