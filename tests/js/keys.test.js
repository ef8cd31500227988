import assert from "node:assert/strict";
import test from "node:test";
import { decide, keyName } from "../../motcua/static/js/parts/keys.js";

const bindings = { Space: () => {}, F2: () => {}, R: () => {}, Enter: () => {}, Delete: () => {} };

test("bound keys are found by their names", () => {
  const presses = [{ key: " " }, { key: "F2" }, { key: "r" }, { key: "R" }, { key: "Enter" }, { key: "Delete" }];
  assert.deepEqual(
    presses.map((press) => decide(press, { bindings })),
    ["Space", "F2", "R", "R", "Enter", "Delete"],
  );
});

test("other keys are left alone", () => {
  assert.equal(decide({ key: "q" }, { bindings }), null);
  assert.equal(decide({ key: "toString" }, { bindings }), null);
});

test("keys rest while a control has the focus, a dialog is open or the user has switched them off", () => {
  assert.equal(decide({ key: "r" }, { bindings, hasControlFocus: true }), null);
  assert.equal(decide({ key: "r" }, { bindings, hasDialog: true }), null);
  assert.equal(decide({ key: "r" }, { bindings, isEnabled: false }), null);
});

test("browser commands, held keys and half-written letters are not ours", () => {
  for (const more of ["ctrlKey", "altKey", "metaKey", "repeat", "isComposing", "defaultPrevented"]) {
    assert.equal(decide({ key: "r", [more]: true }, { bindings }), null, more);
  }
});

test("a Vietnamese input method does not hide the letter", () => {
  assert.equal(keyName({ key: "Process", code: "KeyR" }), "R");
  assert.equal(keyName({ key: "Unidentified", code: "Space" }), "Space");
  assert.equal(keyName({ key: "Process", code: "F2" }), "F2");
});

test("Vietnamese and Cyrillic layouts, the Caps Lock and a number pad without NumLock change no shortcut", () => {
  const names = (...presses) => presses.map(keyName);
  assert.deepEqual(names({ key: "ă", code: "Digit1" }, { key: "к", code: "KeyR" }, { key: "r", code: "KeyR" }), [
    "1",
    "R",
    "R",
  ]);
  assert.deepEqual(
    names({ key: "End", code: "Numpad1" }, { key: "Enter", code: "NumpadEnter" }, { key: "Delete", code: "Delete" }),
    ["1", "Enter", "Delete"],
  );
  assert.equal(decide({ key: "Delete", code: "NumpadDecimal" }, { bindings }), null);
});
