import assert from "node:assert/strict";
import { test } from "node:test";

const kinds = [{ name: "lamp", label: "Lamp", icon: "eye", connections: [{ name: "usb", label: "USB cable" }] }];
globalThis.document = { getElementById: (id) => (id === "page" ? { textContent: JSON.stringify({ kinds }) } : null) };
const { KINDS, connectionWord, kindOf } = await import("../../motcua/static/js/parts/device_kinds.js");

test("a page knows the kinds that the server's table names, and shows any other by its code", () => {
  assert.deepEqual(KINDS, kinds);
  assert.deepEqual([kindOf("lamp").label, kindOf("oven").label, kindOf("oven").icon], ["Lamp", "oven", "settings"]);
  assert.deepEqual(
    [connectionWord("lamp", "usb"), connectionWord("lamp", "radio"), connectionWord("oven", "gas")],
    ["USB cable", "lamp.radio", "oven.gas"],
  );
});
