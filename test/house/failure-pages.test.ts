import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { catalogue } from '../../src/doctor/index.ts';
import { failurePages } from '../../tools/failure-pages.ts';
import { root } from './source-modules.ts';

test('docs/failures/ says what the doctor knows; else run node tools/build-failure-pages.ts', () => {
  const pages = failurePages();
  assert.deepEqual(readdirSync(`${root}docs/failures`).sort(), [...pages.keys()].sort());
  for (const [name, page] of pages) assert.equal(readFileSync(`${root}docs/failures/${name}`, 'utf8'), page, name);
});

test('the catalogue is whole: ids are unique, every cause can be proved and repaired, and names its failure', () => {
  const failures = catalogue.map(({ id }) => id);
  const rows = Array.from({ length: 34 }, (_, index) => `FB${index + 1}`);
  assert.deepEqual(failures.toSorted(), [...rows, 'FB24b', 'M35', ...Array.from({ length: 8 }, (_, index) => `H${index + 1}`), 'W1', 'W2', 'A1', 'N1', 'P1', 'P2', 'P3', 'P4'].sort());
  const causes = catalogue.flatMap((failure) => failure.causes.map((cause) => ({ failure, cause })));
  assert.equal(new Set(causes.map(({ cause }) => cause.id)).size, causes.length);
  assert.ok(causes.length >= 100, `only ${causes.length} causes`);
  for (const { failure, cause } of causes) {
    assert.match(cause.id, new RegExp(`^${failure.id.toLowerCase()}-[a-z0-9-]+$`));
    assert.ok(cause.proof.length > 0 && cause.repair.length > 0 && cause.risk !== '', cause.id);
    if (cause.see !== undefined) assert.ok(failures.includes(cause.see), `${cause.id} points to ${cause.see}`);
  }
  for (const failure of catalogue) assert.ok(failure.texts.length > 0 && failure.references.length + failure.check.length > 0, failure.id);
});
