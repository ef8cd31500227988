import assert from "node:assert/strict";
import test from "node:test";
import * as clock from "../../motcua/static/js/parts/clock.js";

const MONDAY = "2026-11-23T01:47:05.000Z";

test("times are the desk's, whatever zone the browser is in", () => {
  assert.equal(clock.formatTime(MONDAY), "08:47");
  assert.equal(clock.formatTime(Date.parse(MONDAY), { seconds: true }), "08:47:05");
  assert.equal(clock.formatTime("2026-11-22T17:00:00Z"), "00:00");
});

test("dates are written as people write them", () => {
  assert.equal(clock.formatDate(MONDAY, "vi"), "Thứ Hai, 23/11/2026");
  assert.equal(clock.formatDate(MONDAY, "en"), "Monday, 23 November 2026");
  assert.equal(clock.formatDate("2026-11-21T17:00:00Z", "vi"), "Chủ Nhật, 22/11/2026");
  assert.equal(clock.formatDay(MONDAY), "23/11/2026");
});

test("the local day turns at the desk's midnight", () => {
  assert.equal(clock.localDay("2026-11-22T16:59:59.999Z"), "2026-11-22");
  assert.equal(clock.localDay("2026-11-22T17:00:00.000Z"), "2026-11-23");
});

test("durations count minutes, then hours, and never less than nothing", () => {
  assert.deepEqual([198, 3600, 3905.9, -3].map(clock.formatDuration), ["03:18", "1:00:00", "1:05:05", "00:00"]);
});

test("minutes are whole and floored", () => {
  assert.equal(clock.minutesSince("2026-11-23T08:21:30+07:00", Date.parse(MONDAY)), 25);
  assert.equal(clock.minutesSince(MONDAY, Date.parse(MONDAY) - 1), 0);
});

test("the clock follows the server's time and pace", () => {
  clock.follow({ at: MONDAY, speed: 1000 });
  const first = clock.now();
  assert.ok(first >= Date.parse(MONDAY) && first < Date.parse(MONDAY) + 1000 * 1000);
  const local = performance.now();
  while (performance.now() - local < 5);
  assert.ok(clock.now() - first >= 5000);
  clock.follow({ at: Date.parse(MONDAY) });
  assert.equal(clock.speed(), 1000);
  clock.follow({ speed: 1 });
  assert.equal(clock.speed(), 1000);
});
