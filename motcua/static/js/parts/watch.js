/*
 * Watches whether the page begins. It is written for the oldest browsers (ES5, no module) and
 * loaded first, beside everything else (`async`): a style sheet that hangs holds up all scripts but
 * such ones. What the server wrote into the page stays until the page's own script has begun
 * (`data-ready` on <html>, by parts/ready.js); until then this script says what is wrong and loads
 * the page again after 5, 10 and then every 30 seconds, but only when the desk answers. A page that
 * has begun is never touched.
 */
(function () {
  "use strict";
  var LATE_MS = 5000; // so long nothing may come in
  var LONGEST_MS = 30000; // so long a page may take to begin
  var SHEET_MS = 3000; // so long a style sheet may take
  var ANSWER_MS = 5000;
  var TICK_MS = 500;
  var WAITS_S = [5, 10, 30];
  var SHEET_WAITS_S = [1, 2, 5, 10, 30];
  var STORED = "motcua.tries " + location.pathname;

  var root = document.documentElement;
  root.setAttribute("data-watched", "");
  var script = document.getElementById("watch");
  var isApp = Boolean(script && script.getAttribute("data-screen"));
  var began = now();
  var progress = { count: 0, at: began };
  /** @type {{at: number, what: string, isAsking: boolean} | null} */
  var reload = null; // {at, what, isAsking}: when the page is loaded again, and for want of what

  function now() {
    return window.performance && performance.now ? performance.now() : +new Date();
  }

  function isReady() {
    return !isApp || root.hasAttribute("data-ready");
  }

  // --- the page's script ---------------------------------------------------------------------------------------------

  /** `what` did not arrive or did not run: say so and plan the next try. */
  function failed(/** @type {string} */ what) {
    if (isReady() || reload) return;
    reload = { at: now() + waitOf(WAITS_S, tries()) * 1000, what: what, isAsking: false };
    tell();
  }

  function tick() {
    var at = now();
    sheets(at);
    sleep();
    if (isReady()) return begun();
    if (reload) return tell();
    var count =
      window.performance && performance.getEntriesByType ? performance.getEntriesByType("resource").length : 0;
    if (count !== progress.count) progress = { count: count, at: at };
    if (at - progress.at > LATE_MS && document.readyState !== "loading") failed("");
    else if (at - began > LONGEST_MS) failed("");
  }

  /** This script is here, so nobody else has to look whether the desk is back. */
  function sleep() {
    var frames = document.querySelectorAll("iframe.awake");
    for (var n = 0; n < frames.length; n += 1) remove(frames[n]);
  }

  function begun() {
    if (!isApp) return;
    clearInterval(timer);
    reload = null;
    remember(0);
    show("");
    if (/[?&]again=/.test(location.search)) history.replaceState(history.state, "", ownAddress(0));
    setInterval(function () {
      sheets(now());
    }, TICK_MS);
  }

  function tell() {
    if (!reload) return;
    var left = Math.ceil((reload.at - now()) / 1000);
    if (left <= 0 && !reload.isAsking) again();
    show(reload.isAsking || left <= 0 ? "0" : String(left));
  }

  function show(/** @type {string} */ left) {
    var notice = document.getElementById("watch-notice");
    if (!notice) return;
    var seconds = notice.getElementsByTagName("output");
    for (var n = 0; n < seconds.length; n += 1) if (seconds[n].textContent !== left) seconds[n].textContent = left;
    notice.hidden = left === "";
    var what = notice.getElementsByTagName("code");
    for (var m = 0; m < what.length; m += 1) what[m].textContent = reload ? reload.what : "";
  }

  /**
   * Load the page again, past all caches from the second time on; a desk that does not
   * answer is asked again later.
   */
  function again() {
    if (!reload) return;
    reload.isAsking = true;
    remember(tries() + 1);
    ask(location.href, function (isThere) {
      if (isReady() || !reload) return;
      if (!isThere) {
        reload = { at: now() + waitOf(WAITS_S, tries()) * 1000, what: reload.what, isAsking: false };
        return;
      }
      if (tries() < 2) location.reload();
      else location.replace(ownAddress(tries()));
    });
  }

  /**
   * This page's address by which the desk gives other addresses to everything that it is made of:
   * what a cache keeps under the usual ones may be half of it. 0 is the usual one.
   */
  function ownAddress(/** @type {number} */ n) {
    var words = location.search.replace(/[?&]again=[0-9]*/g, "").replace(/^&/, "?");
    if (n) words += (words ? "&" : "?") + "again=" + n;
    return location.pathname + words + location.hash;
  }

  function ask(/** @type {string} */ address, /** @type {(isThere: boolean) => void} */ done) {
    var request = new XMLHttpRequest();
    request.open("GET", address, true);
    request.setRequestHeader("Cache-Control", "no-cache");
    request.timeout = ANSWER_MS;
    request.onloadend = function () {
      done(request.status >= 200 && request.status < 500);
    };
    request.send();
  }

  // --- style sheets --------------------------------------------------------------------------------------------------

  /** @type {Motcua.WatchedSheet[]} */
  var seen = [];

  function sheets(/** @type {number} */ at) {
    /** @type {NodeListOf<HTMLLinkElement>} */
    var links = document.querySelectorAll("link[rel=stylesheet]");
    for (var n = 0; n < links.length; n += 1) stateOf(links[n], at);
    for (var m = 0; m < seen.length; m += 1) look(seen[m], at);
  }

  function look(/** @type {Motcua.WatchedSheet} */ state, /** @type {number} */ at) {
    if (state.isWhole) return;
    if (state.retryAt) {
      if (at >= state.retryAt) fetchSheet(state, at);
    } else if (state.link.sheet && !state.isBroken && isWhole(state.link)) {
      state.isWhole = true;
      if (state.half) remove(state.half);
    } else if (state.isBroken || state.link.sheet || at - state.since > SHEET_MS) lose(state, at);
  }

  /**
   * Without it for the moment, so that it holds up neither the page nor its script; half a sheet
   * stays until the whole one is here.
   */
  function lose(/** @type {Motcua.WatchedSheet} */ state, /** @type {number} */ at) {
    if (!state.place) {
      state.place = document.createComment("");
      insert(state.place, state.link);
    }
    if (hasRules(state.link) && !state.isBroken && !state.half) state.half = state.link;
    else remove(state.link);
    state.isBroken = false;
    state.retryAt = at + waitOf(SHEET_WAITS_S, state.tries) * 1000;
  }

  function fetchSheet(/** @type {Motcua.WatchedSheet} */ state, /** @type {number} */ at) {
    state.tries += 1;
    state.link = document.createElement("link");
    state.link.rel = "stylesheet";
    state.link.href = state.base + (state.base.indexOf("?") < 0 ? "?" : "&") + "again=" + state.tries;
    insert(state.link, state.place);
    state.since = at;
    state.retryAt = 0;
  }

  function insert(/** @type {Node} */ node, /** @type {Node | null} */ next) {
    if (next && next.parentNode) next.parentNode.insertBefore(node, next);
  }

  function remove(/** @type {Node} */ node) {
    if (node.parentNode) node.parentNode.removeChild(node);
  }

  function hasRules(/** @type {HTMLLinkElement} */ link) {
    try {
      return Boolean(link.sheet && link.sheet.cssRules.length);
    } catch (error) {
      return false;
    }
  }

  function stateOf(/** @type {HTMLLinkElement} */ link, /** @type {number} */ at) {
    for (var n = 0; n < seen.length; n += 1) if (seen[n].link === link || seen[n].half === link) return seen[n];
    seen.push({
      link: link,
      since: at,
      tries: 0,
      base: link.href,
      isWhole: false,
      isBroken: false,
      retryAt: 0,
      half: null,
      place: null
    });
    return seen[seen.length - 1];
  }

  /**
   * Our own sheets end with a rule that says so; what others made has none. The rules of a sheet
   * that failed cannot be read.
   */
  function isWhole(/** @type {HTMLLinkElement} */ link) {
    try {
      if (!link.sheet) return false;
      var rules = link.sheet.cssRules;
      var last = /** @type {CSSStyleRule} */ (rules[rules.length - 1]);
      return rules.length > 0 && (!/\/static\/css\//.test(link.href) || last.selectorText === ".end-of-sheet");
    } catch (error) {
      return false;
    }
  }

  // --- how often it was tried ----------------------------------------------------------------------------------------

  function waitOf(/** @type {number[]} */ waits, /** @type {number} */ count) {
    return waits[Math.min(count, waits.length - 1)];
  }

  function tries() {
    try {
      return Number(sessionStorage.getItem(STORED)) || 0;
    } catch (error) {
      return 2;
    }
  }

  function remember(/** @type {number} */ count) {
    try {
      if (count) sessionStorage.setItem(STORED, String(count));
      else sessionStorage.removeItem(STORED);
    } catch (error) {
      return;
    }
  }

  // --- what tells of it ----------------------------------------------------------------------------------------------

  /** The folder says which screen it is: kiosk/main.js. */
  function nameOf(/** @type {string} */ address) {
    return String(address || "")
      .replace(/[?#].*/, "")
      .replace(/.*\/(?=[^/]*\/)/, "");
  }

  window.addEventListener(
    "error",
    function (event) {
      var target = /** @type {any} */ (event.target);
      if (target && target.nodeName === "LINK") {
        if (/stylesheet/.test(target.rel)) stateOf(target, now()).isBroken = true;
      } else if (target && target.nodeName === "SCRIPT") failed(nameOf(target.src));
      else if (target === window && String(event.filename || location.origin).indexOf(location.origin) === 0) {
        failed(nameOf(event.filename));
      }
    },
    true
  );
  window.addEventListener("unhandledrejection", function () {
    failed("");
  });

  var timer = setInterval(tick, TICK_MS);
  window.addEventListener("motcua-ready", tick);
  if (isApp && !("noModule" in document.createElement("script"))) {
    document.addEventListener("DOMContentLoaded", function () {
      failed("");
    });
  }
})();
