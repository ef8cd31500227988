/** The five rating faces: own drawings, told apart by the mouth; the word always stands beside them. */
import { html, svg } from "./html.js";
import { t } from "./texts.js";

/** Levels from worst to best, the order on screen. */
export const LEVELS = [1, 2, 3, 4, 5];

/**
 * Whether an answer is so low that the citizen is asked why.
 * @param {number} level
 */
export const isLow = (level) => level <= 3;

/** @type {Record<number, ReturnType<typeof svg>>} */
const MOUTHS = {
  1: svg`<path d="M38 86c3-13 11-19 22-19s19 6 22 19" />`,
  2: svg`<path d="M41 80c6-6 12-8 19-8s13 2 19 8" />`,
  3: svg`<path d="M41 76h38" />`,
  4: svg`<path d="M41 71c6 6 12 9 19 9s13-3 19-9" />`,
  5: svg`<path class="face-solid" d="M37 68h46c-2 14-11 22-23 22s-21-8-23-22z" />`,
};

/**
 * The drawing of a level 1…5; silent for screen readers, as its word says the same.
 * @param {number} level
 */
export function face(level) {
  return html`<svg class="face face-${level}" viewBox="0 0 120 120" aria-hidden="true" focusable="false">
    <circle class="face-skin" cx="60" cy="60" r="54" />
    <path d="M44 44v9M76 44v9" stroke-width="9" />
    ${MOUTHS[level]}
  </svg>`;
}

/**
 * The word of a level 1…5 in the page's language.
 * @param {number} level
 */
export function faceLabel(level) {
  return [t("Very dissatisfied"), t("Dissatisfied"), t("Neutral"), t("Satisfied"), t("Very satisfied")][level - 1];
}
