/**
 * Loads the page anew when the desk runs another version than the one that made the page, as soon
 * as nobody is in the middle of something.
 */
import { page } from "./page.js";

const STORED = "motcua.build";
/** @type {string | null} */
let newest = null;

/**
 * The desk named the version it runs; null where it did not.
 * @param {string | null} build
 */
export function hearBuild(build) {
  newest = build;
}

/**
 * Load the page anew if it is of another version; `isFree` says whether nobody would lose what they
 * have begun. Once for each version.
 * @param {() => boolean} isFree
 */
export function renew(isFree) {
  if (!newest || !page.build || newest === page.build || wasTried(newest)) return false;
  if (
    document.querySelector("dialog[open]") ||
    document.activeElement?.matches("input, textarea, select") ||
    !isFree()
  ) {
    return false;
  }
  remember(newest);
  location.reload();
  return true;
}

/** @param {string} build */
function wasTried(build) {
  try {
    return sessionStorage.getItem(STORED) === build;
  } catch {
    return true; // without a memory it could go on for ever
  }
}

/** @param {string} build */
function remember(build) {
  sessionStorage.setItem(STORED, build);
}
