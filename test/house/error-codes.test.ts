import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readModules, sourceModule } from './source-modules.ts';
import type { SourceModule } from './source-modules.ts';

interface ErrorCode {
  code: string;
  union: string;
  path: string;
}

/** The members of every union of codes that is written out (`type XErrorCode = 'A' | 'B'`); aliases of other unions are not. */
function findErrorCodes(modules: readonly SourceModule[]): ErrorCode[] {
  return modules.flatMap(({ path, text }) =>
    Array.from(text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '').matchAll(/\btype (?<union>\w*ErrorCode)\s*=(?<members>[^;]*);/g)).flatMap((match) => {
      const members = (match.groups?.['members'] ?? '').trim();
      if (!members.startsWith("'") && !members.startsWith('|')) return [];
      return Array.from(members.matchAll(/'([^']+)'/g), ([, code]) => ({ code: code ?? '', union: match.groups?.['union'] ?? '', path }));
    }),
  );
}

function doubledCodes(codes: readonly ErrorCode[]): string[] {
  const byCode = Map.groupBy(codes, ({ code }) => code);
  return Array.from(byCode).flatMap(([code, places]) => (places.length > 1 ? [`${code}: ${places.map(({ union, path }) => `${union} in ${path}`).join(', ')}`] : []));
}

const codes = findErrorCodes(readModules(['src/**/*.ts']));

test('every error code belongs to one union, so that it can be looked up', () => {
  assert.ok(codes.length >= 40, `only ${codes.length} codes were found`);
  assert.deepEqual(doubledCodes(codes), []);
});

test('error codes are written as constants with the prefix of their room or subject', () => {
  assert.deepEqual(codes.filter(({ code }) => !/^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/.test(code)), []);
});

test('a doubled code is found', () => {
  const canary = [
    sourceModule('src/a/a-error.ts', "export type AErrorCode =\n  // why\n  | 'A_ONE'\n  /** It's; no. */\n  | 'A_TWO';"),
    sourceModule('src/b/b-error.ts', "export type BErrorCode = 'B_ONE' | 'A_TWO';\nexport type BothErrorCode = AErrorCode | BErrorCode;"),
  ];
  assert.deepEqual(doubledCodes(findErrorCodes(canary)), ['A_TWO: AErrorCode in src/a/a-error.ts, BErrorCode in src/b/b-error.ts']);
});
