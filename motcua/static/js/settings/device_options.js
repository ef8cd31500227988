/** From a driver's JSON schema to fields, and from what was typed to its options. Pure but for the words. */
import { t } from "../parts/texts.js";

/** What desk staff look at, in this order; everything else is folded away. */
const FIRST = [
  "port",
  "host",
  "folder",
  "card",
  "client_id",
  "topic",
  "baud",
  "address",
  "profile",
  "counter",
  "paper_mm",
  "width",
  "digits",
  "register",
];
const FOLDED = { "keypad.mqtt": ["port"], "pad.mqtt": ["port"], "sign.ascii": ["address"] };
const BAUDS = [1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200];
const PRINTERS = ["80mm", "58mm", "epson", "TM-T20II", "TM-T88V", "POS-5890", "ZJ-5870"];
const KEYPADS = { serial: ["ascii", "frame"], modbus: ["modbus"], hid: ["numpad"], mqtt: ["mqtt"] };

export function driverWord(driver) {
  const words = {
    "printer.escpos": t("Ticket printer (ESC/POS)"),
    "printer.file": t("Text files in a folder, for a trial"),
    "keypad.serial": t("Serial cable (RS-232, RS-485, USB)"),
    "keypad.modbus": t("Modbus panel (RS-485)"),
    "keypad.hid": t("Number pad with USB plug"),
    "keypad.mqtt": t("By network (MQTT)"),
    "sign.ascii": t("Text over a serial cable"),
    "sign.modbus": t("Modbus registers (RS-485)"),
    "speaker.aplay": t("Sound card of this computer (Linux)"),
    "speaker.sounddevice": t("Sound card of this computer (PortAudio)"),
    "speaker.file": t("Sound files in a folder, for a trial"),
    "scanner.serial": t("Serial or USB cable (COM port)"),
  };
  return words[driver.replace(/^pad\./, "keypad.")] ?? driver;
}

const WORDS = () => ({
  port: [
    t("Port"),
    t("Choose one of the list, or type it. In the network: socket://192.168.1.50:4001 or rfc2217://192.168.1.50:4001"),
  ],
  host: [t("Address of the MQTT server"), t("For example 192.168.1.10")],
  client_id: [t("Name for the MQTT server"), t("Each connection needs a name of its own.")],
  topic: [t("Topic"), t("Where the keypads send their keys.")],
  user: [t("User name"), ""],
  password: [t("Password"), ""],
  answers: [t("Topic of the answers"), ""],
  folder: [t("Folder"), t("On the device program's computer.")],
  card: [t("Sound card"), t("Empty: the usual one.")],
  baud: [t("Speed (baud)"), t("It stands in the device's papers; 9600 is the most common.")],
  address: [t("Address on the line"), t("1 where there is only one device.")],
  profile: [t("Profile"), ""],
  counter: [t("Counter"), ""],
  counters: [t("Several on one line"), t("Address = counter, for example: 1=3, 2=4")],
  signs: [t("Several on one line"), t("Address = counter, for example: 1=3, 2=4")],
  paper_mm: [t("Width of the paper (mm)"), ""],
  width: [t("Characters of the sign"), ""],
  digits: [t("Way of writing digits"), ""],
  register: [t("First register"), ""],
  dots: [t("Dots of a line"), t("Empty: by the width of the paper.")],
  cut: [t("Cutting"), ""],
  status: [t("Ask the printer how it is"), ""],
  qr: [t("QR code drawn by"), ""],
  poll_s: [t("Ask every … seconds"), ""],
  server: [t("Address in the QR code"), t("Empty: this desk's own.")],
  parity: [t("Parity"), ""],
  stop_bits: [t("Stop bits"), ""],
  data_bits: [t("Data bits"), ""],
  timeout_ms: [t("Waiting time for an answer (ms)"), ""],
  local_echo: [t("The adapter repeats what is sent"), ""],
  grab: [t("Its keys go nowhere else"), ""],
  template: [t("What is sent"), t("Places: {address} and {number}")],
  encoding: [t("Character set"), ""],
  letters: [t("Characters that the sign knows"), ""],
  idle: [t("Shown while nobody is called"), ""],
  paused: [t("Shown while the counter is paused"), ""],
  closed: [t("Shown while the counter is closed"), ""],
  lost: [t("Shown without connection to the desk"), ""],
  resend_s: [t("Send again every … seconds"), ""],
  per_register: [t("Characters in each register"), ""],
  codes: [t("Codes of characters"), t("Character = number, for example: A=119, -=64")],
  function: [t("Function code for writing"), ""],
  keep: [t("Files that are kept"), ""],
  real_time: [t("Takes as long as the sound lasts"), ""],
});

const PRINTER_PORT = () => t("By network: tcp://address:9100. USB or serial cable: choose one of the list.");

const PROFILE_HINTS = () => ({
  printer: t("The model, or 80mm, 58mm, epson. Empty: 80 mm with a knife."),
  keypad: t("What its keys send: one that comes with motcua, or one that was learnt."),
});

const CHOICES = () => ({
  cut: { auto: t("as the model does"), full: t("all through"), part: t("all but a corner"), none: t("not at all") },
  status: { auto: t("yes"), none: t("no, it cannot answer") },
  qr: { raster: t("motcua (the same on every printer)"), native: t("the printer") },
  parity: { N: t("none (N)"), E: t("even (E)"), O: t("odd (O)") },
});

/**
 * Return a driver's fields in the order in which people need them: {name, label, hint, type,
 * required, folded, empty, choices, min, max, usual}; `type` is `text`, `number`, `check`, `choice`
 * or `pairs`. `driver` is "printer.escpos", `schema` the agent's JSON Schema of its options.
 */
export function fieldsOf(driver, schema) {
  const required = new Set(schema.required ?? []);
  const found = Object.entries(schema.properties).map(([name, given]) => {
    const [label, hint] = WORDS()[name] ?? [name, ""];
    const folded = !required.has(name) && (!FIRST.includes(name) || (FOLDED[driver] ?? []).includes(name));
    const isPrinter = driver.startsWith("printer");
    const own =
      name === "profile"
        ? PROFILE_HINTS()[isPrinter ? "printer" : "keypad"]
        : name === "port" && isPrinter
          ? PRINTER_PORT()
          : hint;
    return { name, label, hint: own, required: required.has(name), folded, ...shapeOf(name, given) };
  });
  const rank = ({ name, folded }) => (folded ? 100 : 0) + (FIRST.includes(name) ? FIRST.indexOf(name) : 50);
  return found.sort((one, other) => rank(one) - rank(other));
}

function shapeOf(name, given) {
  const isOptional = given.anyOf?.some((one) => one.type === "null") ?? false;
  const one = given.anyOf?.find((each) => each.type !== "null") ?? given;
  const usual = given.default ?? null;
  const shape = { usual, empty: isOptional || usual === "" };
  if (one.enum) {
    return {
      ...shape,
      type: "choice",
      choices: one.enum.map((value) => [value, CHOICES()[name]?.[value] ?? String(value)]),
    };
  }
  if (one.type === "boolean") return { ...shape, type: "check" };
  if (one.type === "integer" || one.type === "number") {
    return {
      ...shape,
      type: "number",
      min: one.minimum ?? null,
      max: one.maximum ?? null,
      whole: one.type === "integer",
    };
  }
  if (one.type === "object") return { ...shape, type: "pairs", empty: true };
  return { ...shape, type: "text" };
}

/**
 * Return what to offer for a text: speeds, profiles, ports. `known` is {ports, inputs, profiles} as
 * the agent answers.
 */
export function offersFor(driver, name, known) {
  const [kind, way] = driver.split(".");
  if (name === "baud") return BAUDS.map((value) => [String(value), ""]);
  if (name === "profile" && kind === "printer") return PRINTERS.map((value) => [value, ""]);
  if (name === "profile") {
    const usual = (KEYPADS[way] ?? []).map((value) => [kind === "pad" ? `${value}_pad` : value, ""]);
    return [
      ...known.profiles.map((path) => [path, t("learnt: %(name)s", { name: path.replace(/^.*[\\/]|\.yaml$/g, "") })]),
      ...usual,
    ];
  }
  if (name !== "port" || way === "mqtt") return [];
  if (way === "hid") return known.inputs.map(({ path, name: word }) => [path, word]);
  if (kind === "printer") {
    return [
      ...known.ports.map(({ path, name: word }) => [`serial:${path}?baud=115200`, word]),
      ["tcp://192.168.1.50:9100", t("by network")],
      ["usb:/dev/usb/lp0", t("USB printer (Linux)")],
    ];
  }
  return known.ports.map(({ path, name: word }) => [path, word]);
}

/**
 * Return "1=3, 2=4" as {"1": 3, "2": 4}; null where it cannot be read. The last "=" counts, so that
 * "=" itself may have a code.
 */
export function readPairs(text) {
  const found = {};
  for (const part of text
    .split(/[,;\n]\s*/)
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, name, value] = /^(.+?)\s*[=:]\s*(\d+)$/.exec(part) ?? [];
    if (name === undefined) return null;
    found[name] = Number(value);
  }
  return found;
}

/** Return {"1": 3, "2": 4} as "1=3, 2=4". */
export const writePairs = (pairs) =>
  Object.entries(pairs ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");

/** Return an option as its field shows it: text, or true and false. */
export function shown(field, value) {
  const now = value ?? field.usual;
  if (field.type === "check") return Boolean(now);
  return field.type === "pairs" ? writePairs(now) : String(now ?? "");
}

/**
 * Return {options, wrong}: what the fields' texts say, without what is usual anyway, and the names
 * of fields that cannot be read. `typed` is {name: text or boolean}.
 */
export function optionsOf(fields, typed) {
  const options = {};
  const wrong = [];
  for (const field of fields) {
    const given = typed[field.name];
    const value = field.type === "check" ? Boolean(given) : read(field, String(given ?? ""));
    if (value === undefined || (field.required && (value === null || value === ""))) wrong.push(field.name);
    else if (
      value !== null &&
      JSON.stringify(value) !== JSON.stringify(field.usual) &&
      !(field.type === "pairs" && !Object.keys(value).length)
    ) {
      options[field.name] = value;
    }
  }
  return { options, wrong };
}

/**
 * Return the value, null for nothing, undefined for what cannot be read. Blanks at the ends mean
 * something in what is folded away: a sign's texts.
 */
function read(field, typed) {
  const text = field.type === "text" && field.folded ? typed : typed.trim();
  if (field.type === "pairs") return readPairs(text) ?? undefined;
  if (field.type === "choice") {
    return (
      field.choices.find(([value]) => String(value) === text)?.[0] ?? (text === "" && field.empty ? null : undefined)
    );
  }
  if (field.type !== "number") return text === "" && field.usual === null ? null : text;
  if (text === "") return field.empty ? null : (field.usual ?? undefined);
  const value = Number(text.replace(",", "."));
  const isIn =
    Number.isFinite(value) &&
    value >= (field.min ?? -Infinity) &&
    value <= (field.max ?? Infinity) &&
    (!field.whole || Number.isInteger(value));
  return isIn ? value : undefined;
}

const NAMES = {
  printer: "may-in",
  keypad: "ban-phim",
  pad: "ban-danh-gia",
  sign: "bang-so",
  speaker: "loa",
  scanner: "may-quet",
};

/** Return a name for a new device that none of `taken` has. */
export function freeName(kind, taken) {
  const base = NAMES[kind] ?? kind;
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** Say whether the agent takes `name` for a device. */
export const isName = (name) => /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name);
