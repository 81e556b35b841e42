import assert from 'node:assert/strict';
import { test } from 'node:test';
import { forbiddenImports, forbiddenReach } from './room-rules.ts';
import { arrows, doorless } from './rooms.ts';
import { findImports, readModules, roomOf, sourceModule } from './source-modules.ts';

const modules = readModules(['src/**/*.ts']);

test('the scan sees the house', () => {
  const imports = modules.reduce((sum, module) => sum + module.imports.length, 0);
  assert.ok(modules.length >= 400, `only ${modules.length} modules were found`);
  assert.ok(imports >= 2000, `only ${imports} imports were found`);
});

test('the scan finds every way to import', () => {
  const text = [
    "import one from '../one.ts';",
    "import type { Two,\n  More } from '../two.ts';",
    "export { three } from '../three.ts';",
    "export type * as four from '../four.ts';",
    "import '../five.ts';",
    "const six = await import('../six.ts');",
    "type Seven = typeof import('../seven.ts');",
    "import { eight } from '../eight.ts'; import { nine } from 'undici';",
    "const text = 'a sentence about where imports come from';",
  ].join('\n');
  assert.deepEqual(findImports(text).sort(), ['../eight.ts', '../five.ts', '../four.ts', '../one.ts', '../seven.ts', '../six.ts', '../three.ts', '../two.ts']);
});

test('rooms import along the arrows, and only by the door', () => {
  assert.deepEqual(forbiddenImports(modules), []);
});

test('a forbidden import is found: the rule can fail', () => {
  const canaries = [
    ['src/agent/canary.ts', "import { openOrganization } from '../organization/index.ts';", 'agent may not import organization'],
    ['src/organization/calendars/canary.ts', "import type { Requester } from '../../ews/index.ts';", 'organization may not import ews'],
    ['src/relay/canary.ts', "import { parseHead } from '../tunnel/http1/head-reader.ts';", 'tunnel is entered only by its door'],
    ['src/lab/canary.ts', "import { main } from '../cli/main.ts';", 'nobody imports cli'],
    ['src/lab/canary.test.ts', "import { main } from '../cli/main.ts';", 'nobody imports cli'],
    ['src/doctor/canary.ts', "const plan = await import('../wizard/index.ts');", 'doctor may not import wizard'],
    ['src/xml/canary.ts', "export { root } from '../../test/house/source-modules.ts';", 'it lies outside the rooms'],
    ['src/xml/canary.ts', "import { parseXml } from './parse-xml';", 'the specifier lacks its extension'],
    ['src/canary.ts', '', 'lies in no room of the table'],
    ['src/attic/canary.ts', '', 'lies in no room of the table'],
  ] as const;
  for (const [path, text, reason] of canaries) {
    const found = forbiddenImports([...modules, sourceModule(path, text)]).filter((violation) => violation.startsWith(path));
    assert.equal(found.length, 1, path);
    assert.ok(found[0]?.includes(reason), `${found[0]} should say: ${reason}`);
  }
});

test('the agent reaches neither data nor any other party, directly or through others', () => {
  assert.deepEqual(forbiddenReach(modules), []);
});

test('a long way round is found too', () => {
  const canary = [
    sourceModule('src/agent/canary.ts', "import { a } from '../tunnel/canary.ts';"),
    sourceModule('src/tunnel/canary.ts', "import { b } from './second.ts';"),
    sourceModule('src/tunnel/second.ts', "export { c } from '../organization/index.ts';"),
  ];
  const found = forbiddenReach([...modules, ...canary]);
  assert.ok(found.includes('agent reaches organization: src/agent/canary.ts → src/tunnel/canary.ts → src/tunnel/second.ts → src/organization/index.ts'), found.join('\n'));
});

test('the arrows themselves let nobody reach the agent’s forbidden rooms, and have no circle', () => {
  const visiting = new Set<string>();
  const done = new Set<string>();
  const visit = (room: string): void => {
    assert.ok(!visiting.has(room), `the arrows go in a circle through ${room}`);
    if (done.has(room)) return;
    visiting.add(room);
    for (const next of arrows[room] ?? []) visit(next);
    visiting.delete(room);
    done.add(room);
  };
  for (const room of Object.keys(arrows)) visit(room);
  for (const targets of Object.values(arrows)) for (const target of targets) assert.ok(target in arrows && target !== 'cli', target);
});

test('every room has a door that says what it does', () => {
  const rooms = new Set(modules.map((module) => roomOf(module.path) ?? ''));
  assert.deepEqual(doorFaults(rooms, modules), []);
});

test('a missing or silent door is found', () => {
  const door = (text: string): string[] => doorFaults(new Set(['attic']), [sourceModule('src/attic/index.ts', text)]);
  assert.deepEqual(doorFaults(new Set(['attic']), []), ['src/attic/index.ts is missing']);
  assert.deepEqual(door("export { a } from './a.ts';"), ['src/attic/index.ts does not begin with a paragraph on the room']);
  const paragraph = `/**\n * ${'What this room does, and what it does not do. '.repeat(3)}\n */\n`;
  assert.deepEqual(door(`${paragraph}export { a } from './a.ts';`), []);
});

function doorFaults(rooms: ReadonlySet<string>, all: typeof modules): string[] {
  const faults: string[] = [];
  for (const room of rooms) {
    if (doorless.includes(room)) continue;
    const path = `src/${room}/index.ts`;
    const door = all.find((module) => module.path === path);
    if (door === undefined) {
      faults.push(`${path} is missing`);
      continue;
    }
    const paragraph = /^\/\*\*(?<text>[\s\S]*?)\*\/\n/.exec(door.text);
    if ((paragraph?.groups?.['text'] ?? '').length < 80) faults.push(`${path} does not begin with a paragraph on the room`);
  }
  return faults;
}
