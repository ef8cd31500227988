/** From a driver's JSON schema to fields, and from what was typed to its options. Pure but for the words. */
import { t } from "../parts/texts.js";

/**
 * Return a driver's fields in the order in which people need them: {name, label, hint, type,
 * required, folded, rank, offers, empty, choices, min, max, usual}; `type` is `text`, `number`, `check`, `choice`
 * or `pairs`. `schema` is the agent's JSON Schema of the driver's options, in the reader's language.
 */
export function fieldsOf(schema) {
  const required = new Set(schema.required ?? []);
  const fields = Object.entries(schema.properties).map(([name, option]) => ({
    name,
    label: option.title ?? name,
    hint: option.description ?? "",
    required: required.has(name),
    folded: option.rank === undefined && !required.has(name),
    rank: option.rank ?? Infinity,
    offers: option.offers ?? [],
    ...shapeOf(option),
  }));
  return fields.sort(
    (one, other) => Number(one.folded) - Number(other.folded) || (one.rank === other.rank ? 0 : one.rank - other.rank),
  );
}

function shapeOf(option) {
  const isOptional = option.anyOf?.some((one) => one.type === "null") ?? false;
  const one = option.anyOf?.find((each) => each.type !== "null") ?? option;
  const usual = option.default ?? null;
  const shape = { usual, empty: isOptional || usual === "" };
  if (one.enum) {
    return {
      ...shape,
      type: "choice",
      choices: one.enum.map((value) => [value, option.words?.[value] ?? String(value)]),
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
 * Return what to offer for a field, [value, words]: its own values, and those that the agent has:
 * `agentData` is {ports, inputs, cameras, profiles}.
 */
export function offersFor(field, agentData) {
  return field.offers.flatMap((offer) =>
    offer.from ? knownOffers(offer, agentData) : [[offer.value, offer.label ?? ""]],
  );
}

function knownOffers(offer, agentData) {
  const write = (path) => (offer.as ?? "{path}").replace("{path}", path);
  if (offer.from === "profiles") {
    return agentData.profiles.map((path) => [
      write(path),
      t("learnt: %(name)s", { name: path.replace(/^.*[\\/]|\.yaml$/g, "") }),
    ]);
  }
  return (agentData[offer.from] ?? []).map(({ path, name }) => [write(path), name]);
}

/**
 * Return "1=3, 2=4" as {"1": 3, "2": 4}; null where it cannot be read. The last "=" counts, so that
 * "=" itself may have a code.
 */
export function readPairs(text) {
  const pairs = {};
  for (const part of text
    .split(/[,;\n]\s*/)
    .map((one) => one.trim())
    .filter(Boolean)) {
    const [, name, value] = /^(.+?)\s*[=:]\s*(\d+)$/.exec(part) ?? [];
    if (name === undefined) return null;
    pairs[name] = Number(value);
  }
  return pairs;
}

/** Return {"1": 3, "2": 4} as "1=3, 2=4". */
export const writePairs = (pairs) =>
  Object.entries(pairs ?? {})
    .map(([name, value]) => `${name}=${value}`)
    .join(", ");

/** Return an option as its field shows it: text, or true and false. */
export function inputValue(field, value) {
  const now = value ?? field.usual;
  if (field.type === "check") return Boolean(now);
  if (Array.isArray(now)) return now.join(" ");
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
    const input = typed[field.name];
    const value = field.type === "check" ? Boolean(input) : read(field, String(input ?? ""));
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

/** Return a name for a new device that none of `taken` has: `base`, or `base` with a number. */
export function freeName(base, taken) {
  if (!taken.includes(base)) return base;
  let number = 2;
  while (taken.includes(`${base}-${number}`)) number += 1;
  return `${base}-${number}`;
}

/** Say whether the agent takes `name` for a device. */
export const isName = (name) => /^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name);
