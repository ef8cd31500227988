import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("there is one rule for each icon that the build copies", () => {
  const rules = [...read("motcua/static/css/icons.css").matchAll(/^\.icon-([\w-]+) \{ mask-image: url\("\.\.\/vendor\/lucide-static\/([\w-]+)\.svg"\); \}$/gm)];
  const names = [...JSON.parse(read("package.json")).motcuaIcons].sort();
  assert.deepEqual(rules.map(([, name]) => name), names);
  assert.deepEqual(rules.map(([, , file]) => file), names);
});
