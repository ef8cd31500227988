/**
 * The emulators' page: asks twice a second how every device is, changes only what changed, and
 * presses what is pressed.
 */
import { render } from "/look/js/parts/html.js";
import { face } from "/look/js/parts/faces.js";

const page = JSON.parse(document.getElementById("page").textContent);
const EVERY_MS = 500;
const GROUPS = ["key", "digit", "rate", "scene", "other"];
const GROUP_WORDS = { digit: "digits", scene: "scene", other: "break" };
const cards = new Map();

/** Returns the page's `sentence` with `%(place)s` filled in. */
function say(sentence, places = {}) {
  return page.words[sentence].replace(/%\((\w+)\)s/g, (_all, name) => String(places[name] ?? ""));
}

/** Returns an element; `children` are elements or texts. */
function createElement(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Returns where a device's card belongs: its counter's column, made when it is the first there, or the shared row. */
function place(device) {
  if (device.counters.length !== 1) return document.getElementById("shared");
  const id = `counter-${device.counters[0]}`;
  const existing = document.getElementById(id);
  if (existing) return existing;
  const title = createElement("h2", { id: `${id}-title` }, say("counter", { number: device.counters[0] }));
  const column = createElement("section", { id, class: "counter", "aria-labelledby": `${id}-title` }, title);
  document.getElementById("counters").append(column);
  return column;
}

/** Returns where a device is found; of a line in this computer its name says enough. */
function address(device) {
  return !device.port || device.port.startsWith("/") ? device.name : `${device.name} · ${device.port}`;
}

/** Returns a new card of `device`, on the page already. */
function card(device) {
  const state = createElement("span", { class: "badge" });
  const title = createElement(
    "h3",
    { tabindex: "-1" },
    device.what,
    createElement("span", { class: "device-port", title: device.port ?? "" }, address(device)),
  );
  const head = createElement("div", { class: "device-head" }, title, state);
  const view = createElement("div", { class: `view view-${device.shows}`, hidden: "" });
  const text = createElement("p", { class: "device-text small quiet" });
  const groups = Object.fromEntries(
    GROUPS.map((group) => {
      const set = createElement("fieldset", { class: `buttons buttons-${group}` });
      if (group === "other" && device.shows === "papers") set.append(createElement("legend", {}, say("break")));
      else {
        set.setAttribute("aria-label", say(GROUP_WORDS[group] ?? "keys"));
      }
      return [group, set];
    }),
  );
  const body = createElement("div", { class: "device-body" }, text, ...Object.values(groups));
  const root = createElement(
    "article",
    { class: `card card-small device device-shows-${device.shows}`, id: `device-${device.name}` },
    head,
    view,
    body,
  );
  place(device).append(root);
  return { root, state, view, text, groups, said: "", picture: undefined, handles: "" };
}

/** Returns the badge of a device: its colour and its words. */
function badge(device) {
  if (device.fault) return ["lacquer", device.fault];
  if (!device.state.plugged) return ["lacquer", say("unplugged")];
  if (device.state.lit === true) return ["gold", say("asks")];
  if (device.state.heard === false) return ["gold", say("unheard")];
  return ["jade", say("in_order")];
}

/** Returns the line of text under what a device shows. */
function line(device) {
  if (device.shows === "papers") return say("papers", { count: device.state.papers ?? 0 });
  const handle = device.handles.find((item) => item.do === device.state.text);
  if (device.shows === "keys") {
    return device.state.text ? say("last_key", { key: handle?.label ?? device.state.text }) : "";
  }
  return device.shows === "number" ? "" : (handle?.label ?? device.state.text ?? "");
}

function showPicture(parts, device) {
  if (parts.picture === device.picture) return;
  parts.picture = device.picture;
  parts.view.hidden = device.picture === null && device.shows !== "papers";
  if (device.picture === null) {
    parts.view.replaceChildren(
      ...(device.shows === "papers" ? [createElement("p", { class: "empty" }, say("nothing_printed"))] : []),
    );
    return;
  }
  const name = { name: `${device.what} (${device.name})` };
  let alt = say(device.shows === "papers" ? "paper" : "picture", name);
  if (device.shows === "number") alt += `: ${(device.state.text ?? "").trim() || say("dark")}`;
  const source = `/devices/${device.name}/picture.png?v=${device.picture}`;
  const image = parts.view.querySelector("img");
  if (image) {
    image.src = source;
    image.alt = alt;
  } else parts.view.replaceChildren(createElement("img", { src: source, alt }));
}

/** Returns a new button; a face of a rating pad is drawn, its word is for whoever cannot see it. */
function key(handle) {
  const button = createElement("button", { type: "button", class: "button", "data-do": handle.do });
  if (handle.group !== "rate") {
    button.textContent = handle.label;
    return button;
  }
  const level = Number(handle.do.split(":").pop());
  button.title = handle.label;
  const drawn = createElement("span", { class: "key-face" });
  render(face(level), drawn);
  button.append(
    drawn,
    createElement("span", {}, String(level), createElement("span", { class: "visually-hidden" }, ` ${handle.label}`)),
  );
  return button;
}

/** Changes the buttons in place, so that the focus stays where it is. */
function showHandles(parts, device) {
  const now = JSON.stringify(device.handles);
  if (parts.handles === now) return;
  parts.handles = now;
  const actions = new Set(device.handles.map((handle) => handle.do));
  const buttons = new Map();
  for (const button of parts.root.querySelectorAll("button")) {
    if (actions.has(button.dataset.do)) buttons.set(button.dataset.do, button);
    else {
      if (button === document.activeElement) parts.root.querySelector("h3").focus();
      button.remove();
    }
  }
  for (const group of GROUPS) {
    let before = parts.groups[group].querySelector("legend");
    for (const handle of device.handles.filter((item) => item.group === group)) {
      const button = buttons.get(handle.do) ?? key(handle);
      const next = before ? before.nextSibling : parts.groups[group].firstChild;
      if (next !== button) parts.groups[group].insertBefore(button, next);
      before = button;
    }
  }
}

function show(device) {
  if (!cards.has(device.name)) cards.set(device.name, card(device));
  const parts = cards.get(device.name);
  const now = JSON.stringify(device);
  if (parts.said === now) return;
  parts.said = now;
  const [colour, words] = badge(device);
  parts.state.className = `badge badge-${colour}`;
  parts.state.textContent = words;
  parts.text.textContent = line(device);
  parts.root.classList.toggle("is-asking", device.state.lit === true);
  parts.root.classList.toggle("is-off", !device.state.plugged);
  showPicture(parts, device);
  showHandles(parts, device);
}

async function look() {
  try {
    const answer = await fetch(`/devices?lang=${page.lang}`);
    if (!answer.ok) throw new Error(String(answer.status));
    for (const device of (await answer.json()).devices) show(device);
    document.querySelector(".hall").hidden = !document.getElementById("shared").children.length;
    document.getElementById("lost").hidden = true;
    document.getElementById("main").classList.remove("is-lost");
  } catch {
    document.getElementById("lost").hidden = false;
    document.getElementById("main").classList.add("is-lost");
  }
}

/** Says something for a few seconds at the foot of the page. */
function tell(text) {
  const toast = createElement("p", { class: "toast toast-danger" }, text);
  document.getElementById("said").replaceChildren(toast);
  setTimeout(() => toast.remove(), 5000);
}

async function press(button) {
  const name = button.closest(".device").id.replace("device-", "");
  button.classList.add("is-sent");
  setTimeout(() => button.classList.remove("is-sent"), 400);
  try {
    const answer = await fetch(`/devices/${name}?lang=${page.lang}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ do: button.dataset.do }),
    });
    if (!answer.ok) tell((await answer.json()).detail);
  } catch {
    tell(say("lost"));
  }
  await look();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-do]");
  if (button) press(button);
});

async function run() {
  for (;;) {
    if (!document.hidden) await look();
    await new Promise((done) => setTimeout(done, EVERY_MS));
  }
}

run();
