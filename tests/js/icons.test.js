import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import test from "node:test";

const read = (path) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");

test("there is one rule for each icon that the build copies", () => {
  const rules = [
    ...read("motcua/static/css/icons.css").matchAll(
      /^\.icon-([\w-]+) \{ mask-image: url\("\.\.\/vendor\/lucide-static\/([\w-]+)\.svg"\); \}$/gm,
    ),
  ];
  const names = [...JSON.parse(read("package.json")).motcuaIcons].sort();
  assert.deepEqual(
    rules.map(([, name]) => name),
    names,
  );
  assert.deepEqual(
    rules.map(([, , file]) => file),
    names,
  );
});

test("one function draws the icons of all screens", () => {
  const folder = new URL("../../motcua/static/js/", import.meta.url);
  const scripts = readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"));
  const drawing = scripts.filter((name) =>
    /["'`\s]icon icon-|["'`\s]icon-\$\{/.test(readFileSync(new URL(name, folder), "utf8")),
  );
  assert.deepEqual(drawing, ["parts/icon.js"]);
});

test("each icon that a script names is copied by the build", () => {
  const folder = new URL("../../motcua/static/js/", import.meta.url);
  const names = new Set(JSON.parse(read("package.json")).motcuaIcons);
  for (const script of readdirSync(folder, { recursive: true }).filter((name) => name.endsWith(".js"))) {
    for (const [, name] of readFileSync(new URL(script, folder), "utf8").matchAll(/\bicon\("([\w-]+)"/g)) {
      assert.ok(names.has(name), `${script}: ${name}`);
    }
  }
});
