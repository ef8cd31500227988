/**
 * Keep the screen on where the browser can (https or localhost only); elsewhere the tablet's own
 * setting has to. Returns how to stop. The lock ends whenever the page is hidden, so it is taken
 * again when the page comes back.
 */
export function keepAwake() {
  /** @type {WakeLockSentinel | null} */
  let lock = null;
  let stopped = false;
  const take = async () => {
    if (stopped || document.visibilityState !== "visible" || !navigator.wakeLock) return;
    try {
      lock = await navigator.wakeLock.request("screen");
      if (stopped) await lock.release();
    } catch {
      lock = null; // low battery or a policy: not an error of ours
    }
  };
  document.addEventListener("visibilitychange", take);
  take();
  return () => {
    stopped = true;
    document.removeEventListener("visibilitychange", take);
    lock?.release().catch(() => {});
  };
}
