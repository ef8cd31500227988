import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fieldsOf,
  freeName,
  isName,
  offersFor,
  optionsOf,
  readPairs,
  shown,
  writePairs,
} from "../../motcua/static/js/settings/device_options.js";

const SCHEMA = {
  required: ["port"],
  properties: {
    timeout_ms: { type: "integer", default: 80, minimum: 10, maximum: 90 },
    counters: { anyOf: [{ type: "object" }, { type: "null" }], default: null },
    counter: { anyOf: [{ type: "integer", minimum: 1 }, { type: "null" }], default: null },
    parity: { enum: ["N", "E", "O"], default: "N", type: "string" },
    local_echo: { type: "boolean", default: false },
    idle: { type: "string", default: "--" },
    port: { type: "string" },
    baud: { anyOf: [{ type: "integer", minimum: 300, maximum: 921600 }, { type: "null" }], default: null },
  },
};
const FIELDS = fieldsOf("keypad.modbus", SCHEMA);
const typed = (more = {}) => ({
  ...Object.fromEntries(FIELDS.map((field) => [field.name, shown(field, undefined)])),
  ...more,
});

test("what everybody needs comes first, the rest is folded away", () => {
  assert.deepEqual(
    FIELDS.filter(({ folded }) => !folded).map(({ name }) => name),
    ["port", "baud", "counter"],
  );
  assert.deepEqual(
    FIELDS.filter(({ folded }) => folded)
      .map(({ name }) => name)
      .sort(),
    ["counters", "idle", "local_echo", "parity", "timeout_ms"],
  );
});

test("only what differs from the usual is sent, with its own type", () => {
  assert.deepEqual(optionsOf(FIELDS, typed({ port: " /dev/ttyUSB0 " })), {
    options: { port: "/dev/ttyUSB0" },
    wrong: [],
  });
  const all = typed({
    port: "COM3",
    baud: "9600",
    counter: "2",
    counters: "1=3; 2=4",
    parity: "E",
    local_echo: true,
    idle: "",
    timeout_ms: "50",
  });
  const options = {
    port: "COM3",
    baud: 9600,
    counter: 2,
    counters: { 1: 3, 2: 4 },
    parity: "E",
    local_echo: true,
    idle: "",
    timeout_ms: 50,
  };
  assert.deepEqual(optionsOf(FIELDS, all), { options, wrong: [] });
  for (const field of FIELDS) {
    assert.deepEqual(optionsOf(FIELDS, { ...all, [field.name]: shown(field, options[field.name]) }).options, options);
  }
});

test("what cannot be read is named, and so is what is missing", () => {
  const wrong = (more) => optionsOf(FIELDS, typed(more)).wrong;
  assert.deepEqual(wrong({}), ["port"]);
  for (const [name, text] of [
    ["baud", "fast"],
    ["baud", "100"],
    ["timeout_ms", "91"],
    ["timeout_ms", "12.5"],
    ["counters", "1"],
    ["counters", "1=x"],
  ]) {
    assert.deepEqual(wrong({ port: "x", [name]: text }), [name], `${name} ${text}`);
  }
});

test("pairs are read as they are written, whatever stands before the last equals sign", () => {
  assert.deepEqual(readPairs(writePairs({ "=": 5, A: 119, "-": 64 })), { "=": 5, A: 119, "-": 64 });
  assert.deepEqual([readPairs(""), readPairs("1=3,2:4"), readPairs("1==")], [{}, { 1: 3, 2: 4 }, null]);
});

test("ports, profiles and speeds are offered where they fit", () => {
  const known = {
    ports: [{ path: "/dev/ttyUSB0", name: "USB" }],
    inputs: [{ path: "/dev/input/by-path/x", name: "x" }],
    profiles: ["/a/profiles/phim.yaml"],
  };
  const offers = (driver, name) => offersFor(driver, name, known).map(([value]) => value);
  assert.deepEqual(offers("keypad.serial", "port"), ["/dev/ttyUSB0"]);
  assert.deepEqual(offers("keypad.hid", "port"), ["/dev/input/by-path/x"]);
  assert.deepEqual(offers("keypad.mqtt", "port"), []);
  assert.equal(offers("printer.escpos", "port")[0], "serial:/dev/ttyUSB0?baud=115200");
  assert.deepEqual(offers("pad.serial", "profile"), ["/a/profiles/phim.yaml", "ascii_pad", "frame_pad"]);
  assert.ok(offers("sign.ascii", "baud").includes("9600"));
  assert.equal(offersFor("keypad.serial", "profile", known)[0][1], "learnt: phim");
});

test("a new device has a name that the agent takes and nobody else has", () => {
  assert.deepEqual(
    [freeName("printer", []), freeName("pad", ["ban-danh-gia", "ban-danh-gia-2"])],
    ["may-in", "ban-danh-gia-3"],
  );
  assert.deepEqual(["may-in", "a", "-a", "a-", "May", "", "a".repeat(41)].map(isName), [
    true,
    true,
    false,
    false,
    false,
    false,
    false,
  ]);
});
