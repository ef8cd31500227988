import assert from "node:assert/strict";
import { test } from "node:test";

import {
  fieldsOf,
  freeName,
  inputValue,
  isName,
  offersFor,
  optionsOf,
  readPairs,
  writePairs,
} from "../../motcua/static/js/settings/device_options.js";

const SCHEMA = {
  required: ["port"],
  properties: {
    timeout_ms: { type: "integer", default: 80, minimum: 10, maximum: 90 },
    counters: { anyOf: [{ type: "object" }, { type: "null" }], default: null },
    counter: { anyOf: [{ type: "integer", minimum: 1 }, { type: "null" }], default: null, rank: 9 },
    parity: { enum: ["N", "E", "O"], default: "N", type: "string", title: "Parity", words: { N: "none (N)" } },
    local_echo: { type: "boolean", default: false },
    idle: { type: "string", default: "--" },
    port: { type: "string", rank: 0 },
    baud: {
      anyOf: [{ type: "integer", minimum: 300, maximum: 921600 }, { type: "null" }],
      default: null,
      rank: 6,
      title: "Speed",
      description: "In its papers.",
    },
  },
};
const FIELDS = fieldsOf(SCHEMA);
const typed = (more = {}) => ({
  ...Object.fromEntries(FIELDS.map((field) => [field.name, inputValue(field, undefined)])),
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
    assert.deepEqual(
      optionsOf(FIELDS, { ...all, [field.name]: inputValue(field, options[field.name]) }).options,
      options,
    );
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

test("labels, hints and the words of choices are those that the server sent", () => {
  const named = (name) => FIELDS.find((field) => field.name === name);
  assert.deepEqual([named("baud").label, named("baud").hint, named("idle").label], ["Speed", "In its papers.", "idle"]);
  assert.deepEqual(named("parity").choices, [
    ["N", "none (N)"],
    ["E", "E"],
    ["O", "O"],
  ]);
});

test("a field offers its own values, and what the agent's computer has", () => {
  const choices = {
    ports: [{ path: "/dev/ttyUSB0", name: "USB" }],
    inputs: [{ path: "/dev/input/by-path/x", name: "x" }],
    cameras: [{ path: "/dev/v4l/by-id/usb-X-video-index0", name: "X" }],
    profiles: ["/a/profiles/phim.yaml"],
  };
  const offers = (...listed) => offersFor({ offers: listed }, choices);
  assert.deepEqual(offers(), []);
  assert.deepEqual(offers({ from: "ports" }, { value: "tcp://x", label: "by network" }), [
    ["/dev/ttyUSB0", "USB"],
    ["tcp://x", "by network"],
  ]);
  assert.deepEqual(offers({ from: "ports", as: "serial:{path}?baud=1" }), [["serial:/dev/ttyUSB0?baud=1", "USB"]]);
  assert.deepEqual(offers({ from: "inputs" }), [["/dev/input/by-path/x", "x"]]);
  assert.deepEqual(offers({ from: "cameras" }), [["/dev/v4l/by-id/usb-X-video-index0", "X"]]);
  assert.deepEqual(offers({ from: "profiles" }, { value: "ascii_pad" }), [
    ["/a/profiles/phim.yaml", "learnt: phim"],
    ["ascii_pad", ""],
  ]);
  assert.deepEqual(offers({ from: "what comes later" }), []);
});

test("a new device has a name that the agent takes and nobody else has", () => {
  assert.deepEqual(
    [freeName("may-in", []), freeName("ban-danh-gia", ["ban-danh-gia", "ban-danh-gia-2"])],
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

test("numbers of a list stand apart, so that whole ones are not read as one with a comma", () => {
  const field = { type: "text", usual: null };
  assert.deepEqual([inputValue(field, [0, 0, 1]), inputValue(field, [0.25, 0.1, 0.6])], ["0 0 1", "0.25 0.1 0.6"]);
});
