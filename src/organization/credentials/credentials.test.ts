import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openOrganization } from '../open-organization.ts';

test('credentials come back as they were given, and lie encrypted beside a key that only the owner can read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-credentials-'));
  const file = join(folder, 'organization.sqlite');
  try {
    const first = await openOrganization({ file });
    await first.credentials.set('guid-1', { userName: 'NOTES\\svc', password: 'pass wörd' });
    await first.close();
    assert.equal(statSync(`${file}.key`).mode & 0o777, 0o600);
    assert.equal(readFileSync(file).includes('pass w'), false);

    const second = await openOrganization({ file });
    assert.deepEqual(await second.credentials.get('guid-1'), { userName: 'NOTES\\svc', password: 'pass wörd' });
    // What was sealed for one owner is worth nothing to another.
    const { sealed } = await second.store.db.selectFrom('stored_credential').selectAll().executeTakeFirstOrThrow();
    await second.store.db.insertInto('stored_credential').values({ owner: 'guid-2', user_name: 'x', sealed }).execute();
    await assert.rejects(second.credentials.get('guid-2'), { code: 'ORGANIZATION_CREDENTIAL_KEY' });
    await second.credentials.remove('guid-1');
    assert.equal(await second.credentials.get('guid-1'), undefined);
    await second.credentials.set('guid-1', { userName: 'a', password: 'b' });
    await second.close();

    writeFileSync(`${file}.key`, 'no key');
    const third = await openOrganization({ file });
    await assert.rejects(third.credentials.get('guid-1'), { code: 'ORGANIZATION_CREDENTIAL_KEY' });
    writeFileSync(`${file}.key`, '00'.repeat(32));
    await assert.rejects(third.credentials.get('guid-1'), { code: 'ORGANIZATION_CREDENTIAL_KEY' });
    await third.close();
  } finally {
    rmSync(folder, { recursive: true });
  }
});
