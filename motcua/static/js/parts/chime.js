/**
 * A three-tone chime by WebAudio: no file to fetch, nothing to license. Browsers keep it silent
 * until somebody touches the page.
 */
const TONES_HZ = [659.26, 783.99, 1046.5];
const STEP_S = 0.26;
const RING_S = 1.1;

/** @type {AudioContext | null} */
let context = null;
/** @type {Set<(isHeard: boolean) => void>} */
const listeners = new Set();

/** Whether a chime would be heard now. */
export function isAudible() {
  return running() !== null;
}

/** The sound of this page where it can be heard, else null. */
function running() {
  return context?.state === "running" ? context : null;
}

/**
 * Call `f(audible)` now and whenever that changes; returns how to stop.
 * @param {(isHeard: boolean) => void} f
 */
export function onAudible(f) {
  listeners.add(f);
  f(isAudible());
  return () => listeners.delete(f);
}

/** Prepare the sound: at once where autoplay is allowed (a kiosk's browser flag), else at the first touch or key. */
export function prepareSound() {
  if (context || !globalThis.AudioContext) return;
  context = new AudioContext();
  context.addEventListener("statechange", () => listeners.forEach((f) => f(isAudible())));
  for (const gesture of ["pointerdown", "keydown", "touchend"]) {
    document.addEventListener(gesture, wake, { passive: true });
  }
  wake();
}

/** Play the chime at `volume` 0…1; resolves when it has rung out: true, or false when it could not be heard. */
export async function chime(volume = 0.5) {
  prepareSound();
  const output = running();
  if (!output) return false;
  const start = output.currentTime + 0.02;
  TONES_HZ.forEach((hz, n) => ring(output, hz, start + n * STEP_S, volume));
  const length = STEP_S * (TONES_HZ.length - 1) + RING_S;
  await new Promise((resolve) => setTimeout(resolve, length * 1000));
  return true;
}

/**
 * Fetch a sound and make it ready; null when there is none.
 * @param {string} url
 */
export async function fetchSound(url) {
  prepareSound();
  try {
    const answer = await fetch(url, { credentials: "same-origin" });
    return answer.ok && context ? await context.decodeAudioData(await answer.arrayBuffer()) : null;
  } catch {
    return null; // the desk does not answer, or this is no sound
  }
}

/**
 * Play what `fetchSound` made ready at `volume` 0…1; resolves at its end: true, or false when it
 * could not be heard.
 * @param {AudioBuffer} sound
 */
export async function playSound(sound, volume = 1) {
  const output = running();
  if (!output) return false;
  const source = output.createBufferSource();
  const gain = output.createGain();
  gain.gain.value = volume;
  source.buffer = sound;
  source.connect(gain).connect(output.destination);
  // the timer counts too: a page whose sound is taken away in the middle would wait for an end that never comes
  const end = new Promise((resolve) => source.addEventListener("ended", resolve, { once: true }));
  const late = new Promise((resolve) => setTimeout(resolve, (sound.duration + 2) * 1000));
  source.start();
  await Promise.race([end, late]);
  return true;
}

/**
 * @param {AudioContext} output
 * @param {number} hz
 * @param {number} at
 * @param {number} volume
 */
function ring(output, hz, at, volume) {
  const gain = output.createGain();
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(Math.max(0.0002, volume), at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + RING_S);
  gain.connect(output.destination);
  for (const [factor, share] of [
    [1, 0.8],
    [2, 0.2],
  ]) {
    const tone = output.createOscillator();
    const level = output.createGain();
    tone.frequency.value = hz * factor;
    level.gain.value = share;
    tone.connect(level).connect(gain);
    tone.start(at);
    tone.stop(at + RING_S);
  }
}

function wake() {
  if (context?.state === "suspended") context.resume().catch(() => {});
}
