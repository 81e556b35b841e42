import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { catalogue } from '../../../src/doctor/index.ts';
import { causesWithoutFault, faults } from '../../../src/lab/index.ts';

const causes = catalogue.flatMap((failure) => failure.causes.map(({ id, sameStateAs }) => ({ id, sameStateAs, failure: failure.id })));
const brought = new Set(faults.map(({ id }) => id));

test('every cause that the doctor knows has a fault, is the state of one that has, or a reason why it has none', () => {
  const known = new Set(causes.map(({ id }) => id));
  assert.equal(known.size, causes.length);
  assert.equal(brought.size, faults.length);
  for (const id of [...brought, ...Object.keys(causesWithoutFault)]) assert.ok(known.has(id), `${id} is no cause`);
  for (const { id, sameStateAs } of causes) assert.equal([brought.has(id), sameStateAs !== undefined, causesWithoutFault[id] !== undefined].filter(Boolean).length, 1, id);
  for (const { sameStateAs } of causes) assert.ok(sameStateAs === undefined || brought.has(sameStateAs), sameStateAs);
});

test('the page tells the numbers', () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/doctor.md'), 'utf8');
  const failures = new Set(causes.filter(({ id }) => brought.has(id)).map(({ failure }) => failure));
  const without = catalogue.filter(({ id }) => !failures.has(id)).map(({ id }) => id);
  const sentence = `${brought.size} of the ${causes.length} causes have a fault, of ${without.length === 0 ? `all ${catalogue.length} failures` : `${failures.size} of the ${catalogue.length} failures; none has ${without.join(', ')}`}`;
  assert.ok(page.includes(sentence), `docs/doctor.md does not say: ${sentence}`);
  const same = `${causes.filter(({ sameStateAs }) => sameStateAs !== undefined).length} more are the same state as one of these under another text`;
  assert.ok(page.includes(same), `docs/doctor.md does not say: ${same}`);
});
