import assert from "node:assert/strict";
import { test } from "node:test";

import { bookingObstacle, goneAdvice, isGone, noNumber } from "../../motcua/static/js/kiosk/advice.js";

test("a quota is gone at nothing, not where there is none", () => {
  assert.deepEqual(
    [0, 1, null].map((left) => isGone({ quota_left: left })),
    [true, false, false],
  );
});

test("who finds no number left is told when to come again, or to book", () => {
  const morning = "All numbers of this morning have been given out. Please come back this afternoon.";
  const today = "All numbers of today have been given out. Please come back on the next working day.";
  assert.equal(goneAdvice({ again_today: true, bookable: false }, { booking: true }), morning);
  assert.equal(goneAdvice({ again_today: false, bookable: true }, { booking: false }), today);
  assert.equal(
    goneAdvice({ again_today: false, bookable: true }, { booking: true }),
    `${today} Or book a time on your phone.`,
  );
});

test("a booking gives a number today and once", () => {
  const booking = { state: "booked", today: true, number: null };
  assert.deepEqual(
    [
      booking,
      { ...booking, today: false },
      { ...booking, state: "checked_in", number: "A012" },
      { ...booking, state: "missed" },
    ].map(bookingObstacle),
    ["", "This booking is for another day", "You have your number already: A012", "This booking is no longer valid"],
  );
});

test("every refusal of a number is told in words, the unknown ones too", () => {
  const hall = { booking: true };
  const gone = noNumber({ sorry: "quota.gone", wanted: { again_today: true, bookable: false }, hall });
  assert.equal(gone, "All numbers of this morning have been given out. Please come back this afternoon.");
  const refusals = [
    "appointment.unknown",
    "appointment.used",
    "appointment.over",
    "appointment.other_day",
    "appointment.other_service",
    "seat.unknown",
  ];
  const words = new Set(refusals.map((sorry) => noNumber({ sorry, wanted: null, hall })));
  assert.equal(words.size, refusals.length);
  assert.equal(
    noNumber({ sorry: "moon", wanted: null, hall }),
    "This machine needs the staff. Please ask them for a number.",
  );
  assert.ok(!words.has(noNumber({ sorry: "moon", wanted: null, hall })));
});

test("a disk that takes nothing is told as such, whatever the code says of it", () => {
  const words = ["store.full", "store.read_only", "store.unavailable"].map((sorry) =>
    noNumber({ sorry, wanted: null, hall: {} }),
  );
  assert.deepEqual(
    new Set(words),
    new Set(["The server cannot save a number now. It continues by itself as soon as it can. Please tell the staff."]),
  );
});
