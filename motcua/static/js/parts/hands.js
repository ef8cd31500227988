/**
 * A new view takes no press that was meant for the old one: a double tap, a finger already on its
 * way, a key that is held down. No screen has to call anything: the page watches itself. A thing is
 * new when its element comes into the page, or when an attribute that says what it does changes
 * (MEANING); what only shows a newer figure is the same thing as before. What moves under the finger
 * is new there too: a page that scrolls, a screen that is turned (MOVES). A press is never dropped
 * where nothing changed under the finger, nor a moment later.
 */
import { isNear, isStray, isStrayKey, MEMORY_MS } from "./stray.js";

const CONTROLS = [
  "button, a[href], input, select, textarea, label, summary",
  '[role="button"], [role="option"], [tabindex]:not([tabindex="-1"])',
].join(", ");
const PRESSED_BY_KEY = [
  'button, a[href], summary, [role="button"]',
  'input:is([type="submit"], [type="button"], [type="checkbox"], [type="radio"])',
].join(", ");
const MEANING = [
  "href",
  "lang",
  "aria-pressed",
  "aria-expanded",
  "aria-checked",
  "data-command",
  "data-level",
  "data-reason",
  "data-means",
];
const MOVES = ["resize", "scroll", "toggle", "input", "load", "transitionend", "animationend"]; // what moves things
const STORED = "motcua.press"; // the last press, for the page that comes after it

if (typeof globalThis.document?.addEventListener === "function") watch();

/**
 * @typedef {Element & {control?: Element | null}} Thing a control, which for a label has one of its own, or a dialog
 * @typedef {Motcua.Press & {under: number, thing?: Thing | null, pressed?: Thing | null}} LastPress
 */

function watch() {
  /** @type {WeakMap<Node, number>} */
  let stamps = new WeakMap(); // element → when it came or took another meaning
  let newest = performance.now();
  let last = carried(newest);
  /** @type {{at: number, thing: Thing | null, isOff: boolean} | null} */
  let gesture = null; // the press under way
  /** @type {{at: number, code: string} | null} */
  let key = null;

  /** The time; whoever puts the page's clock back (tests do) makes all that was noted by it worthless. */
  function now() {
    const at = performance.now();
    if (at < newest) {
      stamps = new WeakMap();
      last = null;
    }
    return (newest = at);
  }

  /**
   * When `element`, or what it stands in, came or took another meaning; what the page came with has always been
   * there, also for a press that was made before this script began.
   * @param {Element} element
   */
  function since(element) {
    let latest = -Infinity;
    for (let one = /** @type {Element | null} */ (element); one; one = one.parentElement) {
      latest = Math.max(latest, stamps.get(one) ?? -Infinity);
    }
    return latest;
  }

  /** @param {MutationRecord[]} records */
  function changed(records) {
    const at = now();
    const fresh = records.flatMap(
      (record) =>
        (record.type === "attributes"
          ? isOther(record) && [record.target]
          : [...record.addedNodes].filter(isElement)) || [],
    );
    for (const element of fresh) stamps.set(element, at);
    requestAnimationFrame((shownAt) => {
      for (const element of fresh) if (stamps.get(element) === at) stamps.set(element, Math.max(at, shownAt));
      lookUnder();
    });
  }

  /** Has something else come to where the last press was? */
  function lookUnder() {
    const at = now();
    if (!last || last.thing === undefined || at - last.at > MEMORY_MS) return;
    const thing = thingOf(document.elementFromPoint(last.x, last.y));
    if (thing !== last.thing) Object.assign(last, { thing, under: at });
  }

  /** @param {PointerEvent} event */
  function pressed(event) {
    if (!event.isTrusted || !event.isPrimary) return;
    const press = { at: event.timeStamp, x: event.clientX, y: event.clientY, type: event.pointerType };
    const thing = thingOf(event.target);
    lookUnder(); // (looks at the clock too)
    const under = thing === last?.pressed ? -Infinity : last?.under; // what moved away and came back is still the same
    const isOff = Boolean(thing && isStray({ press, last, since: since(thing), under }));
    gesture = { at: press.at, thing, isOff };
    if (!isOff || !isNear(press, last)) last = { ...press, pressed: thing, thing, under: -Infinity };
    keep(press);
    if (isOff) drop(event);
  }

  /** @param {Event} event */
  function followed(event) {
    if (event.isTrusted && gesture?.isOff) drop(event);
  }

  /** @param {MouseEvent & {pointerType?: string}} event */
  function clicked(event) {
    // a key's click is no finger's
    if (!event.isTrusted || !gesture || (event.detail === 0 && !event.pointerType)) return;
    const thing = thingOf(event.target);
    const isAnother = thing !== gesture.thing && gesture.thing?.control !== thing && !gesture.thing?.contains(thing);
    if (gesture.isOff || (thing && (isAnother || since(thing) > gesture.at))) drop(event);
  }

  /** @param {KeyboardEvent} event */
  function typed(event) {
    if (!event.isTrusted) return;
    const focus = document.activeElement === document.body ? null : thingOf(document.activeElement);
    const presses = ["Enter", " "].includes(event.key) && focus?.matches(PRESSED_BY_KEY);
    const { timeStamp: at, code, repeat } = event;
    if (focus && (repeat || presses) && isStrayKey({ key: { at, code, repeat }, down: key, since: since(focus) })) {
      drop(event);
    }
    if (!repeat) key = { at, code };
  }

  const seen = { childList: true, subtree: true, attributes: true, attributeOldValue: true, attributeFilter: MEANING };
  new MutationObserver(changed).observe(document.documentElement, seen);
  for (const name of MOVES) {
    addEventListener(name, () => requestAnimationFrame(lookUnder), { capture: true, passive: true });
  }
  addEventListener("pointerdown", pressed, true);
  for (const name of ["pointerup", "mousedown", "mouseup", "touchstart", "touchend", "dblclick"]) {
    addEventListener(name, followed, { capture: true, passive: false });
  }
  addEventListener("click", clicked, true);
  addEventListener("keydown", typed, true);
}

/** @param {Node} node */
const isElement = (node) => node.nodeType === 1;
/** @param {MutationRecord} record */
const isOther = ({ target, attributeName, oldValue }) =>
  /** @type {Element} */ (target).getAttribute(attributeName ?? "") !== oldValue;

/**
 * What a place stands for: the control there, else the dialog there, else nothing.
 * @param {EventTarget | null} target
 * @returns {Thing | null}
 */
function thingOf(target) {
  const element = /** @type {Element | null} */ (target);
  return element?.closest?.(CONTROLS) ?? element?.closest?.("dialog") ?? null;
}

/** @param {Event} event */
function drop(event) {
  if (event.cancelable) event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * Return the press that led to this page, in this page's time; null when there was none. What lies
 * at its place is new `now`.
 * @param {number} now
 * @returns {LastPress | null}
 */
function carried(now) {
  try {
    const { x, y, at } = JSON.parse(sessionStorage.getItem(STORED) ?? "{}");
    const here = at - performance.timeOrigin;
    return here <= now ? { x, y, at: here, under: now } : null;
  } catch {
    return null;
  }
}

/** @param {Motcua.Press} press */
function keep({ x, y, at }) {
  try {
    sessionStorage.setItem(STORED, JSON.stringify({ x, y, at: performance.timeOrigin + at }));
  } catch {
    return; // without storage the next page knows of no press
  }
}
