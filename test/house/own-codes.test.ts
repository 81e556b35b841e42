import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { codeTables, ownCodes } from '../../src/doctor/index.ts';
import { readModules, root } from './source-modules.ts';

/** Codes that are raised, and that the doctor does not answer, each with the reason. */
const unanswered: Readonly<Record<string, string>> = {};

const rooms = ['src/agent/**/*.ts', 'src/relay/**/*.ts', 'src/tunnel/**/*.ts', 'src/wizard/**/*.ts', 'src/identity/sts/**/*.ts', 'src/identity/identity-error.ts', 'src/identity/federation/gateway/*.ts'];

/** Codes as the rooms write them: quoted, as keys of a table, HCW numbers in messages, AADSTS numbers of refusals. */
function codesIn(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
  const named = code.match(/(?<=')(?:AGENT|RELAY|TUNNEL|WIZARD|IDENTITY_STS)_[A-Z_]*[A-Z](?=')|(?<=^ {2})(?:AGENT|RELAY)_[A-Z_]*[A-Z](?=: )|\bHCW\d{4}\b|\bAADSTS\d{5,7}\b/gm) ?? [];
  const numbers = Array.from(code.matchAll(/AadstsError\(\s*\[([\d, ]+)\]/g), ([, list = '']) => list.split(',').map((number) => `AADSTS${number.trim()}`)).flat();
  return [...named, ...numbers];
}

test('the doctor answers for every code that agent, relay, tunnel, wizard and token service raise', () => {
  const raised = new Set(readModules(rooms).filter(({ path }) => !path.endsWith('.test.ts')).flatMap(({ text }) => codesIn(text)));
  assert.ok(raised.size >= 170, `only ${raised.size} codes were found`);
  assert.deepEqual([...raised].filter((code) => !ownCodes.has(code) && unanswered[code] === undefined).sort(), []);
  assert.deepEqual([...ownCodes.keys(), ...Object.keys(unanswered)].filter((code) => !raised.has(code)).sort(), [], 'nobody raises these any more');
});

test('docs/error-codes.md has the same rows as the doctor, in the same order', () => {
  const page = readFileSync(`${root}docs/error-codes.md`, 'utf8');
  for (const { heading, codes } of codeTables) {
    const section = page.split(/^## /m).find((part) => part.startsWith(`${heading}\n`)) ?? '';
    const rows = section.split('\n').filter((line) => line.startsWith('| `'));
    assert.deepEqual(rows, codes.map(({ code, meaning, remedy }) => `| \`${code}\` | ${meaning} | ${remedy} |`));
  }
});

test('every code of our own is told once, with a proof and a repair for each cause', () => {
  const all = codeTables.flatMap(({ codes }) => codes);
  assert.equal(new Set(all.map(({ code }) => code)).size, all.length);
  for (const { code, meaning, remedy, causes } of all) {
    assert.ok(meaning.endsWith('.') && remedy !== '' && !/[|\n]/.test(meaning + remedy), code);
    assert.ok(causes.length > 0 && causes.every(({ proof, repair }) => proof.length > 0 && repair?.length !== 0), code);
    if (causes.length > 1) assert.equal(new Set(causes.map(({ title }) => title)).size, causes.length, `${code}: causes have titles of their own`);
  }
});

test('a code that is raised is found', () => {
  assert.deepEqual(codesIn("// 'AGENT_NO'\nnew AgentError('AGENT_ONE', 'x');\nconst refusals = {\n  RELAY_TWO: refusal(1),\n};\n`HCW8001 - x`; new AadstsError([70002, 50012], 'invalid_client', 'y')"), ['AGENT_ONE', 'RELAY_TWO', 'HCW8001', 'AADSTS70002', 'AADSTS50012']);
});
