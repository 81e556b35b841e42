import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isTest, readModules, roomOf, sourceModule } from './source-modules.ts';
import type { SourceModule } from './source-modules.ts';

const product = readModules(['src/**/*.ts']);
const everything = [...product, ...readModules(['test/**/*.ts', 'tools/**/*.ts', 'bench/**/*.ts'])];

interface Convention {
  name: string;
  modules: readonly SourceModule[];
  /** What is wrong with a module; nothing when it keeps the convention. */
  fault(module: SourceModule): string | undefined;
  /** Must be found: the proof that the convention can fail. */
  canaries: readonly (readonly [path: string, text: string])[];
  /** Must not be found. */
  innocent?: readonly (readonly [path: string, text: string])[];
}

const conventions: readonly Convention[] = [
  {
    name: 'file names are kebab-case',
    modules: everything,
    fault: ({ path }) => (/^(?:[a-z0-9]+(?:-[a-z0-9]+)*\/)+[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.ts$/.test(path) ? undefined : 'is not kebab-case'),
    canaries: [
      ['src/agent/startAgent.ts', ''],
      ['src/agent/Start.ts', ''],
      ['src/agent_two/start.ts', ''],
    ],
    innocent: [['src/tunnel/http1/head-reader.test.ts', '']],
  },
  {
    name: 'nothing is named after nothing',
    modules: everything,
    fault: ({ path }) => (/(?:^|[/-])(?:utils?|helpers?|common|manager|misc|shared|stuff)(?=[/.-])/.test(path) ? 'has a name that says nothing' : undefined),
    canaries: [
      ['src/agent/utils.ts', ''],
      ['src/helpers/x.ts', ''],
      ['src/agent/link-manager.ts', ''],
      ['src/xml/common/names.ts', ''],
    ],
    innocent: [['src/management/uncommon.ts', '']],
  },
  {
    name: 'exports are named one by one',
    modules: product,
    fault: ({ text }) => (/^export\s+(?:type\s+)?\*(?!\s+as\b)/m.test(text) ? 'exports everything of another module' : undefined),
    canaries: [
      ['src/agent/index.ts', "export * from './a.ts';"],
      ['src/agent/index.ts', "export type * from './a.ts';"],
    ],
  },
  {
    name: 'only the command line reads environment and arguments',
    // src/agent/main.ts is a command line too: docs/decisions/0008-agent-is-one-file.md.
    modules: product.filter((module) => roomOf(module.path) !== 'cli' && module.path !== 'src/agent/main.ts'),
    fault: ({ text }) =>
      /\bprocess\s*\.\s*(?:env|argv|exit\b)|\bprocess\[|from ['"](?:node:)?process['"]/.test(text) ? 'reads the environment or the arguments, or ends the process' : undefined,
    canaries: [
      ['src/agent/a.ts', "const proxy = process.env['HTTPS_PROXY'];"],
      ['src/agent/a.ts', 'run(process.argv.slice(2));'],
      ['src/agent/a.ts', "import { env } from 'node:process';"],
      ['src/agent/a.ts', 'process.exit(1);'],
    ],
  },
  {
    name: 'the product does not ask where it runs',
    modules: product.filter((module) => roomOf(module.path) !== 'lab' && roomOf(module.path) !== 'cli'),
    fault: ({ text }) =>
      /\b(?:is|in|for|under)(?:Lab|Test|Testing)\b|\blabMode\b|\btestMode\b|\bNODE_ENV\b|\bif\s*\([^)\n]*\b(?:options\.)?lab\b/.test(text) ? 'asks whether it is in a lab or a test' : undefined,
    canaries: [
      ['src/relay/a.ts', 'if (lab) return;'],
      ['src/relay/a.ts', 'if (options.lab === true) return;'],
      ['src/relay/a.ts', 'const fast = isTest ? 1 : 10;'],
    ],
    innocent: [['src/relay/a.ts', 'if (label === undefined) return available;']],
  },
  {
    name: 'nothing is left for later, switched off or run alone',
    modules: everything.filter((module) => module.path !== 'test/house/conventions.test.ts'),
    fault: ({ text }) => (/\b(?:TODO|FIXME|XXX)\b|\b(?:test|it|describe)\.(?:only|todo)\(|@ts-ignore|@ts-nocheck/.test(text) ? 'has a note for later, a lone test or a muted check' : undefined),
    canaries: [
      ['src/xml/a.ts', '// TODO: limits'],
      ['src/xml/a.test.ts', "test.only('x', () => {});"],
      ['src/xml/a.ts', '// @ts-ignore'],
    ],
  },
  {
    name: 'no file grows past what a reader can hold',
    modules: product.filter(({ path }) => !isTest(path)),
    fault: ({ text }) => (text.split('\n').length > 500 ? 'is longer than 500 lines' : undefined),
    canaries: [['src/xml/a.ts', '\n'.repeat(600)]],
  },
];

for (const convention of conventions) {
  test(convention.name, () => {
    assert.ok(convention.modules.length > 0);
    const faults = convention.modules.flatMap((module) => {
      const fault = convention.fault(module);
      return fault === undefined ? [] : [`${module.path} ${fault}`];
    });
    assert.deepEqual(faults, []);
  });

  test(`${convention.name}: the rule can fail`, () => {
    for (const [path, text] of convention.canaries) assert.notEqual(convention.fault(sourceModule(path, text)), undefined, `${path}: ${text}`);
    for (const [path, text] of convention.innocent ?? []) assert.equal(convention.fault(sourceModule(path, text)), undefined, `${path}: ${text}`);
  });
}
