import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { ntHash } from '../../identity/index.ts';
import type { Organization } from '../open-organization.ts';
import { openOrganization } from '../open-organization.ts';

const passwordCost = { cost: 16, blockSize: 8, parallelization: 1 };
const bert = { recipientTypeDetails: 'UserMailbox', displayName: 'Bert', alias: 'bert', userPrincipalName: 'bert@contoso.test', primarySmtpAddress: 'bert@contoso.test' } as const;

function places(t: TestContext): { file: string; keyFile: string } {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-nt-hash-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return { file: join(folder, 'organization.sqlite'), keyFile: join(folder, 'keys', 'nt-hash.key') };
}

async function withOrganization<T>(options: { file: string; keyFile?: string }, use: (organization: Organization) => Promise<T>): Promise<T> {
  const organization = await openOrganization({ file: options.file, passwordCost, ...(options.keyFile === undefined ? {} : { ntlm: { keyFile: options.keyFile } }) });
  try {
    return await use(organization);
  } finally {
    await organization.close();
  }
}

async function storedHashes({ store }: Organization): Promise<(string | null)[]> {
  const rows = await store.db.selectFrom('recipient_password').select('nt_hash').execute();
  return rows.map((row) => row.nt_hash);
}

test('no NT hash is kept unless NTLM is switched on', async (t) => {
  const { file } = places(t);
  await withOrganization({ file }, async (organization) => {
    const { guid } = await organization.directory.create(bert);
    await organization.directory.setPassword(guid, 'Pa$$w0rd');
    assert.ok(await organization.directory.checkPassword('bert@contoso.test', 'Pa$$w0rd'));
    assert.equal(organization.directory.keepsNtHashes, false);
    assert.deepEqual(await storedHashes(organization), [null]);
    assert.equal(await organization.directory.findNtHash('bert@contoso.test'), undefined);
  });
});

test('keeps them encrypted, follows the password, and finds them by every sign-in name', async (t) => {
  const { file, keyFile } = places(t);
  await withOrganization({ file, keyFile }, async (organization) => {
    const { directory } = organization;
    const { guid } = await directory.create(bert);
    assert.equal(await directory.findNtHash('bert@contoso.test'), undefined, 'no password yet');
    await directory.setPassword(guid, 'first');
    await directory.setPassword(guid, 'second');
    for (const name of ['bert@contoso.test', 'CONTOSO\\bert', '\\BERT']) {
      const found = await directory.findNtHash(name);
      assert.equal(found?.recipient.guid, guid, name);
      assert.deepEqual(found.ntHash, ntHash('second'), name);
    }
    assert.equal(await directory.findNtHash('nobody@contoso.test'), undefined);
    const [stored] = await storedHashes(organization);
    assert.ok(stored != null && !Buffer.from(stored, 'base64').includes(ntHash('second')));
  });
  assert.equal(statSync(keyFile).mode & 0o777, 0o600);
  const all = readFileSync(file);
  assert.ok(!all.includes(ntHash('second')) && !all.includes(ntHash('second').toString('hex')) && !all.includes(ntHash('second').toString('base64')));
});

test('passwords from before gain their hash by being used; switching off removes all', async (t) => {
  const { file, keyFile } = places(t);
  await withOrganization({ file }, async ({ directory }) => directory.setPassword((await directory.create(bert)).guid, 'Pa$$w0rd'));
  await withOrganization({ file, keyFile }, async ({ directory }) => {
    assert.equal(await directory.checkPassword('bert@contoso.test', 'wrong'), undefined);
    assert.equal(await directory.findNtHash('bert@contoso.test'), undefined);
    assert.ok(await directory.checkPassword('bert@contoso.test', 'Pa$$w0rd'));
    assert.deepEqual((await directory.findNtHash('bert@contoso.test'))?.ntHash, ntHash('Pa$$w0rd'));
  });
  await withOrganization({ file }, async (organization) => assert.deepEqual(await storedHashes(organization), [null]));
});

test('another key, another person’s hash and a broken key file are refused', async (t) => {
  const { file, keyFile } = places(t);
  await withOrganization({ file, keyFile }, async ({ directory, store }) => {
    const one = await directory.create(bert);
    const other = await directory.create({ ...bert, displayName: 'Carl', alias: 'carl', userPrincipalName: 'carl@contoso.test', primarySmtpAddress: 'carl@contoso.test' });
    await directory.setPassword(one.guid, 'one');
    await directory.setPassword(other.guid, 'other');
    const { nt_hash: moved } = await store.db.selectFrom('recipient_password').select('nt_hash').where('recipient_guid', '=', one.guid).executeTakeFirstOrThrow();
    await store.db.updateTable('recipient_password').set({ nt_hash: moved }).where('recipient_guid', '=', other.guid).execute();
    await assert.rejects(directory.findNtHash('carl@contoso.test'), { code: 'ORGANIZATION_NT_HASH_KEY' });
  });
  await withOrganization({ file, keyFile: `${keyFile}.other` }, async ({ directory }) => {
    await assert.rejects(directory.findNtHash('bert@contoso.test'), { code: 'ORGANIZATION_NT_HASH_KEY' });
  });
  writeFileSync(keyFile, 'not a key');
  await assert.rejects(withOrganization({ file, keyFile }, async () => undefined), { code: 'ORGANIZATION_NT_HASH_KEY' });
});
