/** The wall: who is called where. It speaks Vietnamese unless its address asks for `?lang=en`: it is for the hall, not for one reader. */
import { chime, onAudible, prepareSound } from "./parts/chime.js";
import * as clock from "./parts/clock.js";
import { render } from "./parts/html.js";
import { openLink } from "./parts/link.js";
import { announce } from "./parts/live.js";
import { both, currentLanguage, setLanguage } from "./parts/texts.js";
import { keepAwake } from "./parts/wakelock.js";
import { called, lit, SHOWN_S, standing, turn } from "./wall_spotlight.js";
import { screen } from "./wall_views.js";

const FRESH_S = 15;
const CHIMES_WAITING = 3;

const app = document.getElementById("app");
const seen = new Map(); // number → when it was last called, so that one call is lit once
let hall = null;
let status = { online: false, since: 0, lastChange: null, refused: null };
let calls = [];
let isAudible = true;
let chimes = Promise.resolve();
let chimesWaiting = 0;

const seconds = () => performance.now() / 1000;

function draw() {
  render(screen({ hall, status, lit: lit(calls), isAudible, enableSound: prepareSound }), app);
}

function light(number, counter, isRecall) {
  calls = turn(called(calls, { number, counter, isRecall }), seconds());
}

/** Real seconds since a time of the server. */
function age(at) {
  return clock.secondsSince(at) / clock.speed();
}

function hear(state) {
  hall = state;
  document.getElementById("centre").replaceChildren(state.unit.centre);
  document.getElementById("unit").replaceChildren(state.unit.name);
  calls = standing(calls, state.now);
  for (const { number, counter, called_at: at } of [...state.now].reverse()) {
    const before = seen.get(number);
    seen.set(number, at);
    if (before !== at && age(at) < SHOWN_S) light(number, counter, before !== undefined);
  }
  for (const number of seen.keys()) if (!state.now.some((one) => one.number === number)) seen.delete(number);
  draw();
}

function sound(call) {
  announce(both({ vi: call.sentence, en: call.sentence_en }, currentLanguage()), { urgent: true });
  if (chimesWaiting >= CHIMES_WAITING) return;
  chimesWaiting += 1;
  chimes = chimes.then(async () => {
    if (age(call.at) < FRESH_S) document.documentElement.dataset.chimed = (await chime()) ? call.number : "";
    chimesWaiting -= 1;
  });
}

function everySecond() {
  document.getElementById("time").replaceChildren(clock.formatTime());
  document.getElementById("date").replaceChildren(clock.formatDate());
  const before = calls;
  calls = turn(calls, seconds());
  if (calls !== before) draw();
}

await setLanguage(new URLSearchParams(location.search).get("lang") === "en" ? "en" : "vi");
prepareSound();
onAudible((can) => {
  isAudible = can;
  draw();
});
clock.eachSecond(everySecond);
keepAwake();
openLink({
  namespace: "/wall",
  statePath: "/state/wall",
  onState: hear,
  onCall: sound,
  onStatus(found) {
    status = found;
    draw();
  },
});
