import type { Generated } from 'kysely';
import type { Migration } from '../../store/index.ts';

/** A message on its way. One without `queued_at` is still being written. */
export interface TransportMessageTable {
  number: Generated<number>;
  queued_at: number | null;
  next_attempt_at: number;
  attempts: number;
  size: number;
  /** JSON of what `QueuedMessage` has besides. */
  envelope: string;
}

export interface TransportChunkTable {
  message: number;
  position: number;
  data: Uint8Array;
}

export interface TransportSchema {
  transport_message: TransportMessageTable;
  transport_chunk: TransportChunkTable;
}

export const transportMigrations: readonly Migration<TransportSchema>[] = [
  async ({ schema }) => {
    await schema
      .createTable('transport_message')
      .addColumn('number', 'integer', (column) => column.primaryKey().autoIncrement())
      .addColumn('queued_at', 'bigint')
      .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('size', 'bigint', (column) => column.notNull())
      .addColumn('envelope', 'text', (column) => column.notNull())
      .execute();
    await schema.createIndex('transport_message_next').on('transport_message').columns(['next_attempt_at']).execute();
    await schema
      .createTable('transport_chunk')
      .addColumn('message', 'integer', (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('data', 'blob', (column) => column.notNull())
      .addPrimaryKeyConstraint('transport_chunk_key', ['message', 'position'])
      .execute();
  },
];
