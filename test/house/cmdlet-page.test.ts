import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { cmdletPage } from '../../tools/cmdlet-page.ts';
import { root } from './source-modules.ts';

test('docs/cmdlets.md says what the cmdlets say of themselves', () => {
  const page = cmdletPage();
  assert.ok((page.match(/^### /gm) ?? []).length >= 150, 'few cmdlets were found');
  assert.equal(readFileSync(`${root}docs/cmdlets.md`, 'utf8'), page, 'it lags: run node tools/build-cmdlet-page.ts');
});
