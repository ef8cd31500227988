/**
 * The live line of a screen: socket first, the same state by HTTP beside it, and an honest word on
 * which of them is up.
 */
import { io } from "../../vendor/socket.io-client/socket.io.esm.min.js";
import * as clock from "./clock.js";
import { Joiner } from "./hear.js";
import { hearBuild, renew } from "./renewal.js";
import { currentLanguage } from "./texts.js";

const POLL_MS = 30_000; // beside a live socket: catches what nobody thought of
const POLL_ALONE_MS = 2_000;
const POLL_REFUSED_MS = 10_000;
const POLL_TIMEOUT_MS = 2_000; // with POLL_ALONE_MS under the five seconds in which a lost server has to be named
const SNAPSHOT_WAIT_MS = 3_000;
const ACK_MS = 4_000;
const CALL_FRESH_S = 15;

/**
 * Open a namespace ("/wall"). `statePath` ("/state/wall") is the snapshot by HTTP, null for none.
 * Callbacks, each optional:
 * - `onState(state)`: the whole state, anew after each change;
 * - `onCall(call)`: a call to show and sound, never one older than 15 s;
 * - `onStatus({online, since, lastChange, via, refused})`: when one of them changed; times in ms of
 *   the server's clock, `via` is "socket", "poll" or null, `refused` the code with which the server
 *   turned this page away, else null. `on` names further events: `{thanks: f}`. `isFree()` says
 *   whether the page may be loaded anew after an update of the desk. The clock follows every
 *   message. The link mends itself until `close()`. Returns {emit, close, state, status, refresh};
 *   `emit(event, data)` resolves to the server's answer and rejects when none came in 4 s.
 * @template {keyof Motcua.Streams} Namespace
 * @param {object} options
 * @param {Namespace} options.namespace
 * @param {Record<string, unknown>} [options.auth]
 * @param {string | null} [options.statePath]
 * @param {(state: Motcua.Streams[Namespace]) => void} [options.onState]
 * @param {(call: any) => void} [options.onCall]
 * @param {(status: Motcua.LineStatus) => void} [options.onStatus]
 * @param {Record<string, (data: any) => void>} [options.on]
 * @param {() => boolean} [options.isFree]
 * @returns {Motcua.Link<Namespace>}
 */
export function openLink({
  namespace,
  auth,
  statePath = null,
  onState,
  onCall,
  onStatus,
  on = {},
  isFree = () => true,
}) {
  const joiner = new Joiner();
  /** @type {Motcua.LineStatus} */
  const status = { online: false, since: clock.now(), lastChange: null, via: null, refused: null };
  /** @type {Record<string, ReturnType<typeof setTimeout> | 0>} */
  const timers = { poll: 0, snapshot: 0, retry: 0 };
  let closed = false;
  /** @type {AbortController | null} */
  let polling = null;
  const socket = io(namespace, {
    auth,
    query: namespace === "/follow" ? { pings: "rare" } : undefined, // spares the desk: there may be hundreds of phones
    transports: ["websocket"],
    reconnectionDelay: 500,
    reconnectionDelayMax: 2000,
    timeout: 3000,
  });

  /** @param {Partial<Motcua.LineStatus>} changes */
  function report(changes) {
    const before = { ...status };
    Object.assign(status, changes);
    if (status.online !== before.online) status.since = clock.now();
    const keys = /** @type {(keyof Motcua.LineStatus)[]} */ (Object.keys(status));
    if (keys.some((key) => status[key] !== before[key])) onStatus?.({ ...status });
  }

  /** @param {unknown} before */
  function tell(before) {
    if (joiner.state && joiner.state !== before) onState?.(joiner.state);
  }

  /**
   * @param {Motcua.Message} message
   * @param {(message: Motcua.Message) => boolean} isMissing
   */
  function hearSocket(message, isMissing) {
    clock.follow(message);
    const before = joiner.state;
    if (isMissing(message)) askSync();
    else if (!joiner.isWaiting) {
      clearTimeout(timers.snapshot);
      report({ online: true, via: "socket", refused: null, lastChange: clock.now() });
    }
    tell(before);
  }

  function askSync() {
    clearTimeout(timers.snapshot);
    timers.snapshot = setTimeout(() => socket.connected && askSync(), SNAPSHOT_WAIT_MS);
    socket.emit("sync");
  }

  function lost(refused = status.refused) {
    clearTimeout(timers.snapshot);
    report({ online: false, via: null, refused });
    poll();
  }

  // The library hands over what came with the connect packet before it says "connect", so holding
  // begins when a line ends, not here.
  socket.on("connect", () => {
    if (status.via === "socket") return;
    timers.snapshot = setTimeout(() => socket.connected && askSync(), SNAPSHOT_WAIT_MS);
  });
  socket.on("snapshot", (message) => hearSocket(message, (m) => joiner.snapshot(m)));
  socket.on("change", (message) => hearSocket(message, (m) => joiner.change(m)));
  socket.on("call", (call) => {
    const age = call.at === undefined ? 0 : clock.secondsSince(call.at) / clock.speed();
    if (age <= CALL_FRESH_S) onCall?.(call);
  });
  for (const [event, f] of Object.entries(on)) socket.on(event, f);
  socket.on("disconnect", (reason) => {
    if (closed) return;
    joiner.begin();
    lost();
    if (reason === "io server disconnect") retry(1_000); // the library leaves this one to us
  });
  socket.on("connect_error", (error) => {
    if (closed || socket.active) return;
    if (status.via !== "poll") report({ refused: error.data?.code ?? error.message });
    retry(5_000);
  });

  /** @param {number} ms */
  function retry(ms) {
    clearTimeout(timers.retry);
    timers.retry = setTimeout(() => !closed && socket.connect(), ms);
  }

  async function poll() {
    if (!statePath || closed || polling) return;
    clearTimeout(timers.poll);
    polling = new AbortController();
    const timer = setTimeout(() => polling?.abort(), POLL_TIMEOUT_MS);
    let next = POLL_ALONE_MS;
    try {
      next = await ask(polling.signal);
    } catch {
      if (!socket.connected) report({ online: false, via: null });
    } finally {
      clearTimeout(timer);
      polling = null;
      const isLive = socket.connected && status.via === "socket";
      if (!closed) timers.poll = setTimeout(poll, isLive ? POLL_MS : next);
    }
  }

  /** @param {AbortSignal} signal */
  async function ask(signal) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json", "Accept-Language": currentLanguage() };
    if (joiner.state) headers["If-None-Match"] = `"${joiner.state.epoch}-${joiner.state.revision}"`;
    const response = await fetch(statePath ?? "", { headers, signal, cache: "no-store", credentials: "same-origin" });
    hearBuild(response.headers.get("Motcua-Build"));
    renew(isFree);
    if (response.status === 304) return heardByPoll(null);
    if (response.ok) return heardByPoll(await response.json());
    const problem = await response.json().catch(() => ({}));
    const isRefusal = response.status < 500;
    if (!socket.connected) {
      report({ online: false, via: null, refused: isRefusal ? (problem.code ?? String(response.status)) : null });
    }
    return isRefusal ? POLL_REFUSED_MS : POLL_ALONE_MS;
  }

  /** @param {Motcua.Message | null} snapshot */
  function heardByPoll(snapshot) {
    if (closed) return POLL_MS;
    const isLive = socket.connected;
    const before = joiner.state;
    if (snapshot) {
      clock.follow(snapshot);
      if (isLive && before && snapshot.epoch !== before.epoch) askSync();
      else if (!(isLive && joiner.isWaiting) && joiner.polled(snapshot)) askSync();
    }
    if (!isLive) report({ online: true, via: "poll", refused: null, lastChange: clock.now() });
    else if (snapshot) report({ lastChange: clock.now() });
    tell(before);
    return POLL_ALONE_MS;
  }

  joiner.begin();
  const look = () => document.visibilityState === "visible" && poll(); // a phone that was asleep asks before it shows
  document.addEventListener("visibilitychange", look);
  timers.poll = setTimeout(poll, 1_000);
  onStatus?.({ ...status });

  return {
    get state() {
      return joiner.state;
    },
    get status() {
      return { ...status };
    },
    emit: (event, data = {}) => socket.timeout(ACK_MS).emitWithAck(event, data),
    refresh: poll,
    close() {
      closed = true;
      Object.values(timers).forEach(clearTimeout);
      polling?.abort();
      document.removeEventListener("visibilitychange", look);
      socket.disconnect();
    },
  };
}
