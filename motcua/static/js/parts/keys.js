/** Shortcut keys (WCAG 2.1.4): they act only while no control has the focus, and each user can switch them off. */
import { plainLetter } from "./physical.js";
import { isBurst } from "./stray.js";

const HIDDEN = /^(Process|Dead|Unidentified|)$/;
const STORED = "motcua.keys";
const CONTROLS = [
  "input, select, textarea, button, a[href], summary, label",
  "audio[controls], video[controls]",
  '[contenteditable]:not([contenteditable="false"]), [tabindex]:not([tabindex="-1"])',
  '[role="button"], [role="textbox"]',
].join(", ");

/**
 * Return the name under which a key stands in `bindings` ("Space", "F2", "R", "Enter", "Delete"),
 * or null if this press is not for us. Pure: `press` is {key, code, ctrlKey, altKey, metaKey,
 * repeat, isComposing, defaultPrevented}.
 * @param {Motcua.KeyPress} press
 * @param {object} page
 * @param {Record<string, unknown>} page.bindings
 * @param {boolean} [page.isEnabled]
 * @param {boolean} [page.hasControlFocus]
 * @param {boolean} [page.hasDialog]
 * @param {boolean} [page.isScanned]
 */
export function decide(
  press,
  { bindings, isEnabled = true, hasControlFocus = false, hasDialog = false, isScanned: isFromScanner = false },
) {
  if (!isEnabled || hasControlFocus || hasDialog || isFromScanner) return null;
  if (press.ctrlKey || press.altKey || press.metaKey || press.repeat || press.isComposing || press.defaultPrevented) {
    return null;
  }
  const name = keyName(press);
  return Object.hasOwn(bindings, name) ? name : null;
}

/**
 * Return a press's name: letters in capitals, " " as "Space". A Vietnamese layout or input method
 * may hide or change the letter, and a number pad without NumLock says "Delete" for its point: the
 * key's place tells it then.
 * @param {Motcua.KeyPress} press
 * @returns {string}
 */
export function keyName(press) {
  const letter = plainLetter(press);
  const { key = "", code = "" } = press;
  if (letter === null) return HIDDEN.test(key) ? code : key;
  return letter === " " ? "Space" : letter.toUpperCase();
}

/**
 * Whether an element keeps keys for itself.
 * @param {Element | null} element
 */
export function isControl(element) {
  return Boolean(element && element !== document.body && element.closest?.(CONTROLS));
}

/** Whether this user has the keys switched on (they are until switched off). */
export function areKeysEnabled() {
  return read() !== "off";
}

/**
 * Switch the keys for this browser; the `<kbd>` hints go with them.
 * @param {boolean} isEnabled
 */
export function setKeysEnabled(isEnabled) {
  try {
    localStorage.setItem(STORED, isEnabled ? "on" : "off");
  } catch {
    memory = isEnabled ? "on" : "off";
  }
  document.documentElement.classList.toggle("keys-off", !isEnabled);
}

/**
 * Bind keys: `bindKeys({Space: callNext, F2: callNext, R: recall})`; returns how to unbind. A
 * button that was clicked by mouse or touch gives up the focus, else every click would silence the
 * keys; who came by keyboard keeps it.
 * @param {Record<string, (event: KeyboardEvent) => void>} bindings
 */
export function bindKeys(bindings) {
  /** @param {KeyboardEvent} event */
  const down = (event) => {
    const name = decide(event, {
      bindings,
      isEnabled: areKeysEnabled(),
      hasControlFocus: isControl(document.activeElement),
      hasDialog: Boolean(document.querySelector("dialog[open]")),
      isScanned: isScanned(),
    });
    if (name === null) return;
    event.preventDefault();
    bindings[name](event);
  };
  /** @param {MouseEvent} event */
  const click = (event) => {
    const button = event.detail > 0 && /** @type {Element} */ (event.target).closest?.("button");
    if (button && button === document.activeElement) button.blur();
  };
  document.documentElement.classList.toggle("keys-off", !areKeysEnabled());
  document.addEventListener("keydown", down);
  document.addEventListener("click", click);
  return () => {
    document.removeEventListener("keydown", down);
    document.removeEventListener("click", click);
  };
}

/**
 * Whether the key that was pressed last belongs to a burst that a scanner typed; such keys are no
 * commands and choose nothing.
 */
export function isScanned() {
  return isBurst(times);
}

/** @type {number[]} */
const times = [];
globalThis.addEventListener?.(
  "keydown",
  (event) => {
    if (event.repeat) return;
    times.push(event.timeStamp);
    if (times.length > 3) times.shift();
  },
  true,
);

/** @type {string | null} */
let memory = null;

function read() {
  try {
    return localStorage.getItem(STORED) ?? memory;
  } catch {
    return memory;
  }
}
