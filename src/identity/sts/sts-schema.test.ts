import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { openStore } from '../../store/index.ts';
import { outlookClientId } from '../well-known.ts';
import { findServicePrincipalRow, readList } from './service-principals.ts';
import { stsMigrations } from './sts-schema.ts';
import { findTenant } from './tenants.ts';

test('a file from before sign-in pages opens, and its tenants have Outlook', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-sts-old-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'sts.sqlite');
  const old = await openStore({ file, migrations: stsMigrations.slice(0, 1) });
  const tenant = { displayName: 'Contoso', passwordGrantEnabled: 1, accessTokenSeconds: 3600, actorTokenSeconds: 86_400, createdAt: 1 };
  for (const id of ['a', 'b']) await old.db.insertInto('tenant').values({ id, ...tenant } as never).execute();
  const principal = { objectId: 'o', tenantId: 'b', appId: outlookClientId, displayName: 'Outlook', enabled: 0, trustedForDelegation: 0, createdAt: 1 };
  await old.db.insertInto('servicePrincipal').values(principal as never).execute();
  await old.close();
  const { db, close } = await openStore({ file, migrations: stsMigrations });
  t.after(close);
  assert.equal((await findTenant({ db }, 'a'))?.refreshTokenSeconds, 7_776_000);
  const [made, kept] = [await findServicePrincipalRow({ db }, 'a', outlookClientId), await findServicePrincipalRow({ db }, 'b', outlookClientId)];
  assert.deepEqual([made?.publicClient, made?.enabled, readList(made?.consentedResources ?? '')], [1, 1, ['*']]);
  assert.deepEqual([kept?.publicClient, kept?.enabled, kept?.displayName], [1, 0, 'Outlook']);
});
