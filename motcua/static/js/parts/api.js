/** Commands and questions to the desk over HTTP. */
import { page } from "./page.js";
import { currentLanguage, t } from "./texts.js";

const WAITS_MS = [300, 700, 1500, 2500];
const TIMEOUT_MS = 6000;

/**
 * A refusal: `code` is stable ("counter.idle"), `detail` a sentence for people in the page's
 * language; `status` 0 is "no answer".
 */
export class Problem extends Error {
  /**
   * @param {number} status
   * @param {{code?: string, title?: string, detail?: string, [name: string]: any}} [body]
   */
  constructor(status, body = {}) {
    super(body.detail || body.title || `HTTP ${status}`);
    this.name = "Problem";
    this.status = status;
    this.code = body.code ?? (status === 0 ? "network" : "unknown");
    this.detail = this.message;
    this.body = body;
  }
}

/** Return a new UUID (version 4). `crypto.randomUUID` is missing on plain http, `getRandomValues` is there. */
export function newKey(random = globalThis.crypto) {
  const bytes = random.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/**
 * Send a command; `body` is an object (JSON) or a FormData. The same `key` goes with every retry
 * after a lost connection, so the desk does it once. Returns {status, body} (body null on 204),
 * throws `Problem` on a refusal or when nobody answered.
 * @template {string} Path
 * @template {string} [Method="POST"]
 * @param {Path} path
 * @param {object} [body]
 * @param {{key?: string, method?: Method, tries?: number, timeoutMs?: number}} [options]
 * @returns {Promise<{status: number, body: Motcua.Answer<Path, Lowercase<Method>>}>}
 */
export function post(
  path,
  body = {},
  { key = newKey(), method = /** @type {Method} */ ("POST"), tries = WAITS_MS.length + 1, timeoutMs = TIMEOUT_MS } = {},
) {
  /** @type {Record<string, string>} */
  const headers = { "Idempotency-Key": key, "X-CSRF-Token": page.csrf ?? "" };
  /** @type {any} */
  let payload = body;
  if (!(body instanceof FormData)) {
    headers["Content-Type"] = "application/json";
    payload = JSON.stringify(body);
  }
  return persist(() => send(path, { method, headers, body: payload }, timeoutMs), tries);
}

/**
 * Ask; returns {status, body}, throws `Problem`.
 * @template {string} Path
 * @param {Path} path
 * @param {{tries?: number, timeoutMs?: number}} [options]
 * @returns {Promise<{status: number, body: Motcua.Answer<Path, "get">}>}
 */
export function get(path, { tries = 2, timeoutMs = TIMEOUT_MS } = {}) {
  return persist(() => send(path, { headers: {} }, timeoutMs), tries);
}

/**
 * Run `attempt` until somebody answers, `tries` times at most; a refusal is an answer.
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {number} tries
 * @param {(ms: number) => Promise<unknown>} [wait]
 * @returns {Promise<T>}
 */
export async function persist(attempt, tries, wait = pause) {
  for (let n = 1; ; n += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof Problem) || error.status !== 0 || n >= tries) throw error;
      await wait(WAITS_MS[Math.min(n, WAITS_MS.length) - 1]);
    }
  }
}

/**
 * @param {string} path
 * @param {RequestInit} options
 * @param {number} timeoutMs
 * @returns {Promise<{status: number, body: any}>}
 */
async function send(path, options, timeoutMs) {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), timeoutMs);
  options.headers = { Accept: "application/json", "Accept-Language": currentLanguage(), ...options.headers };
  let response;
  let text;
  try {
    response = await fetch(path, { ...options, signal: abort.signal, credentials: "same-origin", cache: "no-store" });
    text = await response.text();
  } catch {
    throw new Problem(0, { detail: t("The server does not answer. Please try again.") });
  } finally {
    clearTimeout(timer);
  }
  const body = parse(text);
  if (!response.ok) {
    throw new Problem(response.status, body ?? { detail: t("Something went wrong. Please try again.") });
  }
  return { status: response.status, body };
}

/** @param {string} text */
function parse(text) {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}

/** @param {number} ms */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
