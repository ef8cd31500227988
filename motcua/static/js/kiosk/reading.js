/**
 * What a scanned text means: a card's age class, one of our own codes, or why it is neither. As
 * `devices/scanner/` reads it; pure.
 */
import { readCard } from "./card.js";

export const NOT_OURS = "not_a_card";
const FIELDS = "|";
// an AIM symbology identifier, or a byte-order mark read as letters
const MARK = /^(?:\][A-Za-z][0-9A-Za-z]|\u00ef\u00bb\u00bf)\s*/;
const CHANNEL = /\\\d{6}/g; // an extended channel interpretation
const ADDRESS = /^(?:[^\s?#]*\/)?(b|seat|t)\/([A-Za-z0-9_-]{1,48})(?:[/?#&].*)?$/i;
const CHANGED = /(?:^|\/)[bt]\/[^/?#]*[^\x20-\x7e]/i;
const BOOKING = /^[ABCDEGHKLMNPQRSTUVXY2-9]{8}$/;
const NUMBER = /^(20\d{6})?([ABCDEGHKLMNPQRSTUVXY]\d{3,4})$/;
const ENCODED = 2;

/**
 * Returns {age, perhaps?}, {code} (`t/…`, `b/…`, `seat/…`, `n/…`) or {refused} for a scanned `text`
 * on the day `today`, "2026-11-25".
 */
export function read(text, today) {
  const bare = unframed(text);
  if (bare.includes(FIELDS)) return readCard(bare, today);
  const code = ownCode(bare, today);
  return code ? { code } : { refused: NOT_OURS };
}

/** What the first of `texts` means that means anything: the ways in which one scan may be read. */
export function readAny(texts, today) {
  const all = texts.map((text) => read(text, today));
  const changed = texts.some((text) => CHANGED.test(text)) && { refused: "input_method" };
  return (
    all.find(({ refused }) => !refused) ??
    all.find(({ refused }) => refused !== NOT_OURS) ??
    (changed || { refused: NOT_OURS })
  );
}

/** Whether a text is of a form that no hand types: a card, or an address. */
export const isShaped = (text) => text.includes(FIELDS) || /[:/]\/|\/[bt]\/|seat\//i.test(text);

/** What the path of one of our codes stands for: {booking}, {ticket}, {number}, {seat} counted from 1, or null. */
export function meaningOfPath(path) {
  const [, way, rest] = /^(b|n|seat|t)\/([A-Za-z0-9_-]+)$/.exec(path) ?? [];
  if (way === "b") return { booking: rest.toUpperCase() };
  if (way === "seat") return /^[1-9]\d{0,2}$/.test(rest) ? { seat: Number(rest) } : null;
  if (way === "n") return { number: rest };
  return way === "t" ? { ticket: rest } : null;
}

function unframed(text) {
  let bare = text
    .replace(/[\p{Cc}\p{Cf}]/gu, "")
    .replace(CHANNEL, "")
    .trim();
  while (MARK.test(bare)) bare = bare.replace(MARK, "");
  return bare;
}

function ownCode(text, today) {
  const address = addressed(text);
  if (address) return address;
  const bare = text.replace(/[\s\u2010-\u2015-]/g, "").toUpperCase();
  if (BOOKING.test(bare)) return `b/${bare}`;
  const [, day, number] = NUMBER.exec(bare) ?? [];
  return number && (!day || day === today.replaceAll("-", "")) ? `n/${number}` : null;
}

function addressed(text) {
  let address = text;
  for (let times = 0; times <= ENCODED; times += 1) {
    const [, way, code] = ADDRESS.exec(address) ?? [];
    if (way) return pathOf(way, code);
    address = decoded(address);
  }
  return null;
}

/** With the Caps Lock on, capitals and small letters have changed places, in `t` as in the code after it. */
function pathOf(way, code) {
  if (way === "b" || way === "B") return `b/${code.toUpperCase()}`;
  return `${way.toLowerCase()}/${way === way.toLowerCase() ? code : swapped(code)}`;
}

const swapped = (text) =>
  text.replace(/[A-Za-z]/g, (letter) => (letter < "a" ? letter.toLowerCase() : letter.toUpperCase()));

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
