import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Kysely, sql } from 'kysely';
import type { Transaction } from 'kysely';
import { errorText, makeFolder } from '../foundation/index.ts';
import { nodeSqliteDialect } from './node-sqlite-dialect.ts';
import { StoreError } from './store-error.ts';

/**
 * Most memory that a database takes for its pages, and pages of the log (of 4 KiB) after which they go into the file itself.
 * With SQLite's own 2 MB and 1,000 pages a transaction of some megabytes writes the same index pages again and again.
 */
const cacheKibibytes = 16_384;
const checkpointPages = 4_000;

/** One forward step of a schema. Its place in the list is its version, so steps are only ever appended. */
export type Migration<Schema> = (transaction: Transaction<Schema>) => Promise<void>;

export interface OpenStoreOptions<Schema> {
  /** Path of the database file, or `:memory:`. Folders are made. */
  file: string;
  /** All steps ever, oldest first. */
  migrations: readonly Migration<Schema>[];
  /** What a committed write survives: `FULL` (default) a power cut, `NORMAL` a crash of the process. */
  synchronous?: 'FULL' | 'NORMAL';
}

export interface Store<Schema> {
  db: Kysely<Schema>;
  close(): Promise<void>;
}

/**
 * Opens a store and brings its schema forward, each step in a transaction of its own.
 *
 * @throws StoreError `STORE_NEWER_VERSION` when a newer Hybridge has written the file (nothing is touched),
 *   `STORE_UNREADABLE` when it is not a database or cannot be opened
 */
export async function openStore<Schema>(options: OpenStoreOptions<Schema>): Promise<Store<Schema>> {
  const { file, migrations } = options;
  const database = openDatabase(file, options.synchronous ?? 'FULL');
  const version = (database.prepare('pragma user_version').get() as { user_version: number }).user_version;
  if (version > migrations.length) {
    database.close();
    throw new StoreError('STORE_NEWER_VERSION', `The state file was written by a newer version of Hybridge (schema ${version}, this version knows ${migrations.length}).`, {
      facts: { file, version, known: migrations.length },
      remedy: 'Run the newer version, or start with an empty state folder.',
    });
  }
  const db = new Kysely<Schema>({ dialect: nodeSqliteDialect(database) });
  for (const [index, migrate] of migrations.entries()) {
    if (index < version) continue;
    await db.transaction().execute(async (transaction) => {
      await migrate(transaction);
      await sql.raw(`pragma user_version = ${index + 1}`).execute(transaction);
    });
  }
  return { db, close: () => db.destroy() };
}

function openDatabase(file: string, synchronous: 'FULL' | 'NORMAL'): DatabaseSync {
  try {
    if (file !== ':memory:') makeFolder(dirname(file), { mode: 0o700 });
    const database = new DatabaseSync(file);
    database.exec(`pragma journal_mode = WAL; pragma synchronous = ${synchronous}; pragma foreign_keys = ON; pragma busy_timeout = 5000; pragma cache_size = -${cacheKibibytes}; pragma wal_autocheckpoint = ${checkpointPages}`);
    return database;
  } catch (error) {
    throw new StoreError('STORE_UNREADABLE', 'The state file cannot be opened as a database.', {
      facts: { file, reason: errorText(error) },
      cause: error,
      remedy: 'Check the file and its permissions, or start with an empty state folder.',
    });
  }
}
