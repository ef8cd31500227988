/**
 * The dialog in which a camera's region is set on its live picture. The picture comes only while
 * the dialog is open and nobody is served at the counter. It is drawn once and kept nowhere.
 */
import { Problem } from "../parts/api.js";
import { openDialog } from "../parts/dialog.js";
import { html, render } from "../parts/html.js";
import { openLink } from "../parts/link.js";
import { announce } from "../parts/live.js";
import { pace } from "../parts/page.js";
import { t } from "../parts/texts.js";
import { askAgent } from "./agents.js";
import { grow, largest, percents, press, readPercents, readRegion } from "./region.js";
import { follow, regionView } from "./region_view.js";

const RENEW_MS = 2_000;
const STALE_MS = 4_000 * pace;
const GROW_SHARE = 0.1;

/**
 * Show what the camera sees and let somebody set its region. `settings` is the device as its agent
 * has it: {name, kind, driver, fixed, region?, …}. Resolves to the saved device's name, or to null.
 * @param {{agent: number}} agent
 * @param {any} settings
 */
export async function setRegion(agent, settings) {
  /** @type {Motcua.RegionForm} */
  const form = {
    name: settings.name,
    isFixed: settings.fixed,
    counter: settings.counter ?? null,
    size: null,
    region: readRegion(settings.region),
    typed: null,
    isWrong: false,
    problem: "",
    complaint: "",
    isBusy: false,
  };
  let shownAt = 0;
  let ended = false;
  const done = openDialog({
    title: t("Region of %(name)s", { name: settings.name }),
    wide: true,
    content: () => html`<div class="region-form"></div>`,
  });
  const host = /** @type {HTMLElement} */ ([...document.querySelectorAll("dialog .region-form")].at(-1));
  const dialog = /** @type {HTMLDialogElement} */ (host.closest("dialog"));
  let result = null;
  const link = openLink({
    namespace: "/preview",
    auth: { agent: agent.agent, device: settings.name },
    onState: (state) => {
      if (!state.is_free) blank();
      renew();
    },
    onStatus: ({ online, refused }) => {
      if (refused) complainOf(t("The picture cannot be shown: the camera or its counter is not there any more."));
      else if (!online) blank();
    },
    on: { picture: show },
  });
  const timers = [setInterval(renew, RENEW_MS), setInterval(watch, STALE_MS / 4)];
  const act = { save, leave: () => dialog.close(), put, type, key, resize };
  draw();
  const stop = follow(host, form, put);
  await done;
  ended = true;
  stop();
  timers.forEach(clearInterval);
  link.close();
  blank();
  return result;

  function draw() {
    render(regionView(form, act), host);
  }

  /** Ask for the picture for some more seconds; what the desk refuses is said here. */
  async function renew() {
    if (ended || document.hidden || link.status.via !== "socket") return;
    try {
      const answer = await link.emit("renew");
      if (!ended) complainOf(answer.ok ? "" : answer.detail);
    } catch {
      // no answer: the line says so itself
    }
  }

  function complainOf(words) {
    if (words) blank();
    if (words === form.problem) return;
    form.problem = words;
    if (words) announce(words);
    draw();
  }

  async function show({ jpeg, width, height }) {
    const bytes = Uint8Array.from(atob(jpeg), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" })).catch(() => null);
    if (!image || ended || !link.state?.is_free) return image?.close();
    const size = { width, height };
    form.size = size;
    form.region ??= largest(size);
    const isFirst = !shownAt;
    shownAt = performance.now();
    if (isFirst) draw();
    const canvas = host.querySelector("canvas");
    if (canvas) {
      Object.assign(canvas, { width: image.width, height: image.height });
      canvas.getContext("2d")?.drawImage(image, 0, 0);
    }
    image.close();
  }

  /** A picture that nothing follows is taken away: it would look as if it were now. */
  function watch() {
    if (shownAt && performance.now() - shownAt > STALE_MS) blank();
  }

  function blank() {
    const canvas = host.querySelector("canvas");
    canvas?.getContext("2d")?.clearRect(0, 0, canvas.width, canvas.height);
    if (!shownAt) return;
    shownAt = 0;
    form.size = null;
    if (!ended) draw();
  }

  function put(region) {
    Object.assign(form, { region, typed: null, isWrong: false });
    draw();
  }

  function type(n, text) {
    if (!form.size || !form.region) return;
    form.typed ??= percents(form.region);
    form.typed[n] = text;
    const region = readPercents(form.typed, form.size);
    form.isWrong = region === null;
    if (region) form.region = region;
    draw();
  }

  /** Arrows move the square, + and - change its size. */
  function key(event) {
    if (!form.size || !form.region || event.ctrlKey || event.altKey || event.metaKey) return;
    const region = press(form.region, form.size, event.key, event.shiftKey);
    if (!region) return;
    event.preventDefault();
    put(region);
    const [left, top, side] = percents(region);
    announce(t("%(left)s percent from the left, %(top)s from the top, side %(side)s.", { left, top, side }));
  }

  function resize(direction) {
    if (!form.size || !form.region) return;
    put(grow(form.region, form.size, direction * GROW_SHARE * Math.min(form.size.width, form.size.height)));
  }

  async function save(event) {
    event.preventDefault();
    if (form.isWrong) {
      /** @type {HTMLElement | null} */ (host.querySelector('[aria-invalid="true"]'))?.focus();
      return;
    }
    Object.assign(form, { isBusy: true, complaint: "" });
    draw();
    try {
      const { fixed: _fixed, ...device } = settings;
      await askAgent(agent.agent, "put", { device: { ...device, region: form.region } });
      result = settings.name;
      dialog.close();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      Object.assign(form, { isBusy: false, complaint: error.detail });
      draw();
    }
  }
}
