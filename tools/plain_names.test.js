import assert from "node:assert/strict";
import { test } from "node:test";

import { Linter } from "eslint";
import { plainNames } from "./plain_names.js";

const RULES = {
  plugins: { motcua: { rules: { "plain-names": plainNames } } },
  rules: { "motcua/plain-names": "error" },
};
const countVague = (script) => new Linter().verify(script, RULES).length;

test("a vague name is seen wherever a script declares one", () => {
  const scripts = [
    "const found = 1;",
    "let { a: told } = x;",
    "let { said = 1 } = x;",
    "let [, ...heard] = x;",
    "function given() {}",
    "const f = function kept() {};",
    "class wanted {}",
    "f((shown) => 1);",
    "f(({ known }) => 1);",
    "f(function (a, mine = 2) {});",
    "for (const own of x);",
    "try {} catch (made) {}",
    'import found from "./x.js";',
    'import { a as told } from "./x.js";',
    'import * as said from "./x.js";',
  ];
  for (const script of scripts) assert.equal(countVague(script), 1, script);
});

test("keys and fields are data and keep their names", () => {
  const scripts = [
    "f({ found: 1, told() {} });",
    "state.said = x.heard;",
    "class A { given = 1; kept() {} }",
    "let { wanted: role } = x;",
    'import { shown as inputValue } from "./x.js";',
  ];
  for (const script of scripts) assert.equal(countVague(script), 0, script);
});
