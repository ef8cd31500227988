import assert from "node:assert/strict";
import test from "node:test";

import { Commands, mainCommand, obstacle } from "../../motcua/static/js/counter/commands.js";

const CALLED = {
  counter: { state: "open" },
  ticket: { id: "t-1", number: "A001", state: "called", recalled_at: null },
  undo: null,
};
const SERVING = { ...CALLED, ticket: { ...CALLED.ticket, state: "serving" } };
const NEXT = { ...CALLED, ticket: { ...CALLED.ticket, id: "t-2", number: "A002" } };
const IDLE = { ...CALLED, ticket: null, undo: { number: "A001" } };

/**
 * A counter whose desk answers when `answer(state)` is called; until then the page may be told the
 * `state` by other ways.
 */
function counter(context, state) {
  const desk = { state, sent: [] };
  context.mock.method(globalThis, "fetch", (path) => {
    desk.sent.push(path.split("/").at(-1));
    return new Promise((resolve, reject) => {
      desk.answer = (next, status = 200) => {
        desk.state = next;
        resolve(new Response("{}", { status }));
      };
      desk.fall = () => reject(new TypeError("the line is down"));
    });
  });
  desk.commands = new Commands(3, { stateOf: () => desk.state, onBusy: () => {} });
  return desk;
}

test("a second command pressed before the first one's answer is done after it", async (context) => {
  const desk = counter(context, CALLED);
  const recall = desk.commands.send("recall");
  const start = desk.commands.press("start", "key:KeyS");
  desk.answer({ ...CALLED, ticket: { ...CALLED.ticket, recalled_at: "2026-11-23T08:01:00+07:00" } });
  assert.equal(await start, "do");
  assert.equal((await recall).status, 200);
});

test("a refusal is an answer too", async (context) => {
  const desk = counter(context, CALLED);
  const recall = assert.rejects(desk.commands.send("recall"), { status: 409 });
  const start = desk.commands.press("start");
  desk.answer(CALLED, 409);
  assert.equal(await start, "do");
  await recall;
});

test("what was pressed for one number is never done to another", async (context) => {
  for (const [before, name, after] of [
    [SERVING, "finish", NEXT],
    [IDLE, "start", NEXT],
    [SERVING, "absent", IDLE],
    [SERVING, "undo", IDLE],
  ]) {
    const desk = counter(context, before);
    const running = desk.commands.send("next");
    const pressed = desk.commands.press(name);
    desk.answer(after);
    assert.equal(await pressed, "drop", name);
    await running;
    context.mock.reset();
  }
});

test("calling the next one is about no number", async (context) => {
  const desk = counter(context, SERVING);
  const finish = desk.commands.send("finish");
  const next = desk.commands.press("next", "key:Space");
  desk.answer(IDLE);
  assert.equal(await next, "do");
  await finish;
});

test("a second press of one control is dropped, one of another while a press waits is told so", async (context) => {
  const desk = counter(context, CALLED);
  const recall = desk.commands.send("recall");
  const start = desk.commands.press("start", "main");
  assert.equal(await desk.commands.press("start", "main"), "drop");
  assert.equal(await desk.commands.press("absent", "key:Delete"), "late");
  desk.answer(CALLED);
  assert.equal(await start, "do");
  await recall;
});

test("without an answer a press is not done later by itself, and that is said", async (context) => {
  context.mock.timers.enable({ apis: ["setTimeout"] });
  const desk = counter(context, CALLED);
  const recall = desk.commands.send("recall");
  const start = desk.commands.press("start");
  context.mock.timers.tick(6_000);
  assert.equal(await start, "late");
  desk.answer(CALLED);
  await recall;
});

const refusal = (code, en) => ({ code, detail: { vi: `${en} (vi)`, en } });

test("a command can be done or not as the server says, whatever else the state is", () => {
  const state = {
    ticket: null,
    undo: null,
    commands: { absent: null, start: refusal("ticket.not_called", "A001 is already being served.") },
  };
  assert.deepEqual([obstacle("absent", state), obstacle("start", state)], [null, "A001 is already being served. (vi)"]);
});

test("the large button starts what can be started, finishes what can be finished, and calls otherwise", () => {
  const no = refusal("counter.idle", "No ticket has been called to this counter.");
  const states = [
    { start: no, finish: no },
    { start: null, finish: null },
    { start: no, finish: null },
  ];
  assert.deepEqual(
    states.map((commands) => mainCommand({ commands })),
    ["next", "start", "finish"],
  );
});
