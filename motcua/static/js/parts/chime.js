/**
 * A three-tone chime by WebAudio: no file to fetch, nothing to license. Browsers keep it silent
 * until somebody touches the page.
 */
const TONES_HZ = [659.26, 783.99, 1046.5];
const STEP_S = 0.26;
const RING_S = 1.1;

let context = null;
const listeners = new Set();

/** Whether a chime would be heard now. */
export function isAudible() {
  return context?.state === "running";
}

/** Call `f(audible)` now and whenever that changes; returns how to stop. */
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
  if (!isAudible()) return false;
  const start = context.currentTime + 0.02;
  TONES_HZ.forEach((hz, n) => ring(hz, start + n * STEP_S, volume));
  const length = STEP_S * (TONES_HZ.length - 1) + RING_S;
  await new Promise((resolve) => setTimeout(resolve, length * 1000));
  return true;
}

/** Fetch a sound and make it ready; null when there is none. */
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
 */
export async function playSound(sound, volume = 1) {
  if (!isAudible()) return false;
  const source = context.createBufferSource();
  const gain = context.createGain();
  gain.gain.value = volume;
  source.buffer = sound;
  source.connect(gain).connect(context.destination);
  // the timer counts too: a page whose sound is taken away in the middle would wait for an end that never comes
  const end = new Promise((resolve) => source.addEventListener("ended", resolve, { once: true }));
  const late = new Promise((resolve) => setTimeout(resolve, (sound.duration + 2) * 1000));
  source.start();
  await Promise.race([end, late]);
  return true;
}

function ring(hz, at, volume) {
  const gain = context.createGain();
  gain.gain.setValueAtTime(0.0001, at);
  gain.gain.exponentialRampToValueAtTime(Math.max(0.0002, volume), at + 0.015);
  gain.gain.exponentialRampToValueAtTime(0.0001, at + RING_S);
  gain.connect(context.destination);
  for (const [factor, share] of [
    [1, 0.8],
    [2, 0.2],
  ]) {
    const tone = context.createOscillator();
    const level = context.createGain();
    tone.frequency.value = hz * factor;
    level.gain.value = share;
    tone.connect(level).connect(gain);
    tone.start(at);
    tone.stop(at + RING_S);
  }
}

function wake() {
  if (context.state === "suspended") context.resume().catch(() => {});
}
