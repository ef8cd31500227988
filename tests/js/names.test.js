import assert from "node:assert/strict";
import { test } from "node:test";

import { plain, startPassword, suggestCode, suggestName } from "../../motcua/static/js/parts/names.js";

test("a sign-in name is the given name and the initials of the rest", () => {
  assert.deepEqual(
    [suggestName("Trần Thị Bình"), suggestName("  Đỗ  Mạnh Hùng "), suggestName("An"), suggestName("…")],
    ["binhtt", "hungdm", "an", ""],
  );
});

test("a sign-in name that is taken gets a number", () => {
  assert.equal(suggestName("Trần Thị Bình", ["binhtt", "binhtt2"]), "binhtt3");
});

test("a code begins with a letter and is as long as a code may be", () => {
  assert.deepEqual(
    [suggestCode("Sao y bản chính"), suggestCode("2 bản – Đất", ["ban-dat"]), suggestCode("…")],
    ["sao-y-ban-chinh", "ban-dat-2", "x"],
  );
  assert.match(suggestCode("á".repeat(80)), /^a{34}$/);
});

test("marks go, letters stay", () => assert.equal(plain("Đường Nguyễn Huệ"), "Duong Nguyen Hue"));

test("start passwords can be read out and differ", () => {
  const passwords = new Set(Array.from({ length: 100 }, () => startPassword()));
  assert.equal(passwords.size, 100);
  for (const password of passwords) {
    assert.match(password, /^([bcdghklmnprstv][aeiou]){2}(-([bcdghklmnprstv][aeiou]){2}){2}-\d\d$/);
  }
});

test("start passwords are as long as the desk asks for", () => {
  for (const least of [8, 14, 17, 18, 40, 64]) {
    assert.ok(startPassword(least).length >= Math.max(least, 17), String(least));
  }
});

test("a search finds what was typed on any keyboard", () => {
  for (const typed of ["Đường", "Đường".normalize("NFD"), "Ðường", "Đ\u200bườ\u00adng", "Ｄuong"]) {
    assert.equal(plain(typed), "Duong", typed);
  }
});
