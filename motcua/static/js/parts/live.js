/** Say something to screen readers. `base.html` holds the two regions, so that they exist before they are filled. */
const timers = new Map();

/**
 * Announce `text`; urgent interrupts. The same text twice is said twice.
 * @param {string} text
 * @param {{urgent?: boolean}} [options]
 */
export function announce(text, { urgent = false } = {}) {
  const region = document.getElementById(urgent ? "live-urgent" : "live-polite");
  if (!region) return;
  clearTimeout(timers.get(region));
  region.textContent = "";
  timers.set(
    region,
    setTimeout(() => {
      region.textContent = text;
    }, 80),
  );
}
