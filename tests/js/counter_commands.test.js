import assert from "node:assert/strict";
import { test } from "node:test";

import { mainCommand, obstacle } from "../../motcua/static/js/counter_commands.js";

const refusal = (code, en) => ({ code, detail: { vi: `${en} (vi)`, en } });

test("a command can be done or not as the server says, whatever else the state is", () => {
  const state = { ticket: null, undo: null, commands: { absent: null, start: refusal("ticket.not_called", "A001 is already being served.") } };
  assert.deepEqual([obstacle("absent", state), obstacle("start", state)], [null, "A001 is already being served. (vi)"]);
});

test("the large button starts what can be started, finishes what can be finished, and calls otherwise", () => {
  const no = refusal("counter.idle", "No ticket has been called to this counter.");
  const states = [{ start: no, finish: no }, { start: null, finish: null }, { start: no, finish: null }];
  assert.deepEqual(states.map((commands) => mainCommand({ commands })), ["next", "start", "finish"]);
});
