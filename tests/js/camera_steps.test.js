import assert from "node:assert/strict";
import { test } from "node:test";
import { listSteps } from "../../motcua/static/js/settings/camera_steps.js";

const SETUP = { counters: [1, 3], pads: [1, 3], contact: "" };
const CAMERA = { name: "may-anh", state: "ok", problem: null, error: null };
const TYPED = { contact: "Bà Lan, 024 1234", isOn: true };
const statesOf = (...facts) => Object.fromEntries(listSteps(...facts).map(({ code, state }) => [code, state]));
const textOf = (code, ...facts) => listSteps(...facts).find((step) => step.code === code).text;

test("all that the program can see is there", () => {
  const all = { camera: "done", computer: "done", region: "look", pad: "done", contact: "done", sign: "look" };
  assert.deepEqual(statesOf(SETUP, [CAMERA], TYPED), { ...all, switch: "done" });
});

test("at the beginning everything is missing, and a person has to see to region and sign", () => {
  const nothing = { camera: "missing", computer: "missing", region: "look", pad: "missing", contact: "missing" };
  assert.deepEqual(statesOf({ counters: [], pads: [], contact: "" }, [], { contact: " ", isOn: false }), {
    ...nothing,
    sign: "look",
    switch: "missing",
  });
});

test("a counter without a rating pad is named, as the camera stays off there", () => {
  assert.match(textOf("pad", { ...SETUP, pads: [3, 7] }, [CAMERA], TYPED), /counter: 1\./);
  assert.equal(statesOf({ ...SETUP, pads: [3] }, [CAMERA], TYPED).pad, "missing");
});

test("what a camera's computer lacks is said with the camera's name", () => {
  const down = { name: "may-anh-2", state: "down", problem: "device_down", error: "" };
  assert.match(textOf("computer", SETUP, [CAMERA, down], TYPED), /^may-anh-2: The device cannot be opened/);
  assert.equal(statesOf(SETUP, [CAMERA, down], TYPED).computer, "missing");
});

test("without a contact of its own the unit's phone answers", () => {
  const setup = { ...SETUP, contact: "Phường Mẫu · 024 5678" };
  assert.equal(textOf("contact", setup, [CAMERA], { ...TYPED, contact: "" }), "Phường Mẫu · 024 5678");
  assert.equal(textOf("contact", setup, [CAMERA], TYPED), "Bà Lan, 024 1234");
});
