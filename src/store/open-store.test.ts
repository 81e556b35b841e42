import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { Generated } from 'kysely';
import { isDuplicateKey, openStore } from './index.ts';
import type { Migration } from './index.ts';

interface Schema {
  note: { id: Generated<number>; text: string };
}

const migrations: Migration<Schema>[] = [
  async (db) => {
    await db.schema.createTable('note').addColumn('id', 'integer', (c) => c.primaryKey()).addColumn('text', 'text', (c) => c.notNull().unique()).execute();
  },
];

function temporaryFolder(t: { after(fn: () => void): void }): string {
  const folder = mkdtempSync(join(tmpdir(), 'hybridge-store-'));
  t.after(() => rmSync(folder, { recursive: true }));
  return folder;
}

test('keeps rows between openings and runs each migration once', async (t) => {
  const file = join(temporaryFolder(t), 'state', 'a.sqlite');
  const first = await openStore({ file, migrations });
  await first.db.insertInto('note').values({ text: 'kept' }).execute();
  await first.close();
  const second = await openStore({ file, migrations });
  assert.deepEqual({ ...(await second.db.selectFrom('note').selectAll().executeTakeFirstOrThrow()) }, { id: 1, text: 'kept' });
  await second.close();
});

test('refuses a file of a newer version and leaves it as it was', async (t) => {
  const file = join(temporaryFolder(t), 'a.sqlite');
  const newer = await openStore({ file, migrations: [...migrations, async (db) => void (await db.schema.alterTable('note').addColumn('more', 'text').execute())] });
  await newer.close();
  await assert.rejects(openStore({ file, migrations }), { code: 'STORE_NEWER_VERSION' });
});

test('refuses a file that is no database', async (t) => {
  const file = join(temporaryFolder(t), 'a.sqlite');
  writeFileSync(file, 'this is certainly not a database file, it is a line of text'.repeat(20));
  await assert.rejects(openStore({ file, migrations }), { code: 'STORE_UNREADABLE' });
});

test('a failed transaction leaves nothing, and does not disturb one beside it', async () => {
  const { db, close } = await openStore({ file: ':memory:', migrations });
  const failing = db.transaction().execute(async (tx) => {
    await tx.insertInto('note').values({ text: 'lost' }).execute();
    throw new Error('no');
  });
  const working = db.transaction().execute((tx) => tx.insertInto('note').values({ text: 'stays' }).execute());
  await assert.rejects(failing, /no/);
  await working;
  assert.deepEqual((await db.selectFrom('note').select('text').execute()).map((row) => row.text), ['stays']);
  await close();
});

test('names a duplicate key', async () => {
  const { db, close } = await openStore({ file: ':memory:', migrations });
  await db.insertInto('note').values({ text: 'one' }).execute();
  await assert.rejects(db.insertInto('note').values({ text: 'one' }).execute(), (error) => isDuplicateKey(error));
  await close();
});
