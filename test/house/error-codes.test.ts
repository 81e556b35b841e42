import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readModules, sourceModule } from './source-modules.ts';
import type { SourceModule } from './source-modules.ts';

interface ErrorCode {
  code: string;
  union: string;
  path: string;
}

/**
 * The members of every union of our codes (`type XCode = 'A_B' | 'A_C' | OtherCode`, without those of `OtherCode`) and the
 * keys of every table that makes one (`type XCode = keyof typeof table`). A protocol's own codes (`NoError`), which have
 * no constant among them, are left out.
 */
function findErrorCodes(modules: readonly SourceModule[]): ErrorCode[] {
  return modules.flatMap(({ path, text: commented }) => {
    const text = commented.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '');
    return Array.from(text.matchAll(/\btype (?<union>\w*Code)\s*=(?<members>[^;]*);/g)).flatMap((match) => {
      const { union = '', members = '' } = match.groups ?? {};
      const table = /^\s*keyof typeof (?<name>\w+)\s*$/.exec(members)?.groups?.['name'];
      const codes = table === undefined ? literalsOf(members) : keysOf(text, table);
      return codes.some(isConstant) ? codes.map((code) => ({ code, union, path })) : [];
    });
  });
}

function literalsOf(members: string): string[] {
  return members.split('|').flatMap((member) => /^\s*'(?<code>[^']+)'\s*$/.exec(member)?.groups?.['code'] ?? []);
}

function keysOf(text: string, table: string): string[] {
  const body = new RegExp(`\\bconst ${table}\\b[^=]*= \\{\\n(?<body>[\\s\\S]*?)\\n\\}`).exec(text)?.groups?.['body'] ?? '';
  return Array.from(body.matchAll(/^ {2}(\w+):/gm), ([, key]) => key ?? '');
}

function isConstant(code: string): boolean {
  return /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(code);
}

function doubledCodes(codes: readonly ErrorCode[]): string[] {
  const byCode = Map.groupBy(codes, ({ code }) => code);
  return Array.from(byCode).flatMap(([code, places]) => (places.length > 1 ? [`${code}: ${places.map(({ union, path }) => `${union} in ${path}`).join(', ')}`] : []));
}

const codes = findErrorCodes(readModules(['src/**/*.ts']));

test('every error code belongs to one union, so that it can be looked up', () => {
  assert.ok(codes.length >= 100, `only ${codes.length} codes were found`);
  assert.deepEqual(doubledCodes(codes), []);
});

test('error codes are constants that begin with their room or subject', () => {
  assert.deepEqual(codes.filter(({ code }) => !isConstant(code)), []);
});

test('a doubled code is found', () => {
  const canary = [
    sourceModule('src/a/a-error.ts', "export type AErrorCode =\n  // why\n  | 'A_ONE'\n  /** It's; no. */\n  | 'A_TWO';"),
    sourceModule('src/d/d.ts', "export const refusals = {\n  D_ONE: { status: 1 },\n  A_ONE: refusal(\n    'x',\n  ),\n} as const;\nexport type RefusalCode = keyof typeof refusals;"),
    sourceModule('src/c/c-types.ts', "export type WireErrorCode = 'NoError' | 'ServerBusy';\nexport type OtherErrorCode = 'NoError';"),
    sourceModule('src/b/b-error.ts', "export type BErrorCode = 'B_ONE' | 'A_TWO';\nexport type BothErrorCode = AErrorCode | BErrorCode;"),
  ];
  assert.deepEqual(doubledCodes(findErrorCodes(canary)), [
    'A_ONE: AErrorCode in src/a/a-error.ts, RefusalCode in src/d/d.ts',
    'A_TWO: AErrorCode in src/a/a-error.ts, BErrorCode in src/b/b-error.ts',
  ]);
});
