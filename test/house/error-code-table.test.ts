import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { readModules, root } from './source-modules.ts';

/** Codes of relay, agent, tunnel, service, shell, command line and of what the doctor writes, wherever their unions and tables name them. */
function codesOf(texts: readonly string[]): string[] {
  return [...new Set(texts.flatMap((text) => text.match(/(?:^ *\| |^ {2}|= |\| )'?(?:AGENT|RELAY|TUNNEL|CONFIGURATION|SHELL|CLI|DOCTOR|TRANSPORT)_[A-Z_]+(?=['; \n]|: refusal)/gm) ?? []).map((found) => found.replace(/^.*?(?=[A-Z])/, '')))].sort();
}

function rowsOf(table: string): string[] {
  return Array.from(table.matchAll(/^\| `([A-Z_]+)` \| [^|]+ \| [^|]+ \|$/gm), ([, code = '']) => code).sort();
}

test('every code of relay, agent, tunnel, shell and command line has a row with its remedy, and no row is about a code that is gone', () => {
  const files = readModules(['src/agent/agent-error.ts', 'src/relay/relay-error.ts', 'src/tunnel/tunnel-error.ts', 'src/tunnel/refusal.ts', 'src/transport/transport-error.ts', 'src/service/configuration/configuration-error.ts', 'src/management/shell/language/shell-error.ts', 'src/doctor/masking/redact-evidence.ts']);
  const commandLine = globSync('src/cli/**/*.ts', { cwd: root }).map((file) => readFileSync(`${root}${file}`, 'utf8'));
  const enrolment = readModules(['src/relay/public/*.ts']).flatMap(({ text }) => text.match(/(?<=code: ')RELAY_[A-Z_]+(?=')/g) ?? []);
  const codes = [...new Set([...enrolment, ...codesOf(files.map(({ text }) => text.replace(/\/\*[\s\S]*?\*\//g, ''))), ...commandLine.flatMap((text) => text.match(/(?<=')CLI_[A-Z_]+(?=')/g) ?? [])])].sort();
  assert.ok(codes.length >= 60, `only ${codes.length} codes were found`);
  // Those of wizard and token service: own-codes.test.ts.
  assert.deepEqual(rowsOf(readFileSync(`${root}docs/error-codes.md`, 'utf8')).filter((code) => !/^(?:WIZARD|IDENTITY)_/.test(code)), codes);
});

test('a code without a row is found', () => {
  assert.deepEqual(codesOf(["export type A = 'AGENT_ONE' | 'AGENT_TWO';", 'const refusals = {\n  RELAY_THREE: refusal(1),\n};']), ['AGENT_ONE', 'AGENT_TWO', 'RELAY_THREE']);
  assert.deepEqual(rowsOf('| `AGENT_ONE` | what | why |\n| `AGENT_TWO` | no remedy |'), ['AGENT_ONE']);
});
