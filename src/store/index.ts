/**
 * Where parties keep their data: opens a database file, brings its schema forward, and hands out Kysely. It knows no
 * table of its own; each room brings its migrations. SQLite (`node:sqlite`) only, today; what is particular to it stays
 * in this room.
 */
export { openStore } from './open-store.ts';
export type { Migration, OpenStoreOptions, Store } from './open-store.ts';
export { isDuplicateKey } from './store-error.ts';
export type { StoreError, StoreErrorCode } from './store-error.ts';
