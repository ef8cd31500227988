import assert from "node:assert/strict";
import { test } from "node:test";

import { news, person, remark, summary, waiting, wish } from "../../motcua/static/js/check/words.js";
import { Papers, paperTrouble, silent, staffHint } from "../../motcua/static/js/kiosk/printed.js";
import { allowance } from "../../motcua/static/js/kiosk/patience.js";
import { keyWord, problemWords } from "../../motcua/static/js/parts/device_words.js";
import { advisedBaud, instruction, lessonProblem, progress } from "../../motcua/static/js/settings/lesson_words.js";

const line = (more) => ({
  id: 1,
  what: "printer",
  title: "Printer",
  label: "may-in",
  state: "unknown",
  detail: null,
  needs: null,
  seen: null,
  running: false,
  ...more,
});

test("a code that nobody knows is shown as it is, and keys have their words", () => {
  assert.deepEqual(
    [problemWords(null), problemWords("brand_new"), problemWords("cover_open")],
    ["", "brand_new", "The cover is open: close it."],
  );
  assert.deepEqual(["next", "digit:7", "rate:5", "rate:9", "new"].map(keyWord), [
    "Call next",
    "7",
    "Very satisfied",
    "rate:9",
    "new",
  ]);
});

test("a line of the check says what to do, then what was seen", () => {
  assert.equal(wish(line({ needs: "look", running: true })), "It shows what it can…");
  assert.equal(wish(line({ needs: "look", request: "Was a ticket printed?" })), "Was a ticket printed?");
  assert.equal(wish(line({ what: "newer", needs: "press" })), "Does it work?");
  assert.equal(wish(line()), "");
  assert.equal(remark(line({ seen: true, detail: "sent_unconfirmed" })), "seen by a person");
  assert.equal(
    remark(line({ seen: false, state: "down", detail: "sent_unconfirmed" })),
    "A person saw that it does not.",
  );
  assert.equal(remark(line({ what: "clock", detail: "2026-11-23" })), "23/11/2026");
});

test("the check counts what is wrong and what waits, and reads out only what changed", () => {
  const items = [
    line({ needs: "look" }),
    line({ id: 2, state: "down", detail: "paper_out" }),
    line({ id: 3, needs: "look", running: true }),
  ];
  assert.equal(waiting(items), 1);
  assert.equal(summary(items), "1 lines do not work. 1 lines wait for you. Some devices are still at work.");
  assert.equal(summary([line({ state: "ok" })]), "Everything has been looked at.");
  assert.equal(news(items, items), "");
  assert.equal(
    news(items, [line({ state: "ok", seen: true }), ...items.slice(1)]),
    "Printer may-in: in order, seen by a person",
  );
});

test("who checked is named where a person did", () => {
  const people = { 7: "Nguyễn Thị Hoa" };
  assert.deepEqual(
    ["leader:7", "admin:8", "leader:token7", "citizen"].map((actor) => person(actor, people)),
    ["Nguyễn Thị Hoa", "", "", ""],
  );
});

test("a paper is remembered until its number is on the screen, and only the last twenty", () => {
  const papers = new Papers();
  for (let n = 0; n < 25; n += 1) papers.receive({ ticket: `t${n}`, state: "done", detail: null });
  assert.deepEqual([papers.of("t4"), papers.of("t5")], [null, { state: "done", detail: null }]);
  papers.forget("t5");
  assert.equal(papers.of("t5"), null);
});

test("the citizen hears of a paper only when something is to be done, and always with the number", () => {
  assert.deepEqual(
    [null, { state: "done", detail: "paper_low" }].map((paper) => paperTrouble(paper, "A012")),
    [null, null],
  );
  for (const paper of [
    { state: "failed", detail: "paper_out" },
    { state: "failed", detail: "what_is_this" },
    { state: "unknown", detail: "lost" },
  ]) {
    const { title, text } = paperTrouble(paper, "A012");
    assert.match(text, /A012/);
    assert.doesNotMatch(title + text, /_/);
  }
  assert.deepEqual(
    [silent("paper_low"), silent(null), silent("agent_gone")],
    [null, null, { state: "failed", detail: "agent_gone" }],
  );
});

test("a number without its paper stays on the screen for a minute", () => {
  assert.deepEqual(
    [null, { state: "done" }, { state: "failed" }].map((paper) => allowance({ view: "ticket", paper })),
    [20, 20, 60],
  );
});

test("the staff's hint is there only where a device program prints and something is wrong", () => {
  const hint = (paper, problem) => staffHint({ paper, printer_problem: problem });
  assert.deepEqual(
    [hint("browser", "paper_out"), hint("agent", null), hint("agent", "paper_out"), hint("agent", "agent_gone")],
    ["", "", "Printer: out of paper", "Printer: not reachable"],
  );
});

test("a lesson says what to press, how far it is and what to try", () => {
  const state = (more) => ({ step: "asking", ask: "next", times: 1, of: 3, at: 2, keys: 4, errors: [], ...more });
  assert.deepEqual(instruction(state()), { title: "Press now", key: "Call next", note: "2 of 3" });
  assert.equal(instruction(state({ step: "verifying", ask: "rate:5", of: 1 })).key, "Very satisfied");
  assert.deepEqual(
    [
      progress(state({ at: 0, times: 0 })),
      progress(state({ step: "verifying", at: 0, times: 0, of: 1 })),
      progress(state({ step: "done", ask: null })),
    ],
    [0, 0.75, 1],
  );
  const wrong = state({ errors: [{ code: "baud", message: "", params: { baud: 19_200 } }] });
  assert.deepEqual(
    [advisedBaud(wrong), advisedBaud(state()), lessonProblem(wrong.errors[0])],
    [19_200, null, "This looks like a wrong speed. Try 19200 baud."],
  );
  assert.equal(lessonProblem({ code: "newer", message: "Something newer.", params: {} }), "Something newer.");
});

test("what a camera's test saw is a sentence, and what only looks like it stays", () => {
  assert.equal(problemWords("1280x720, 25/s"), "Its pictures: 1280 × 720, 25 a second.");
  assert.equal(problemWords("640x480"), "Its pictures: 640 × 480.");
  assert.equal(problemWords("640x480, fast"), "640x480, fast");
});
