import type { CompiledQuery } from 'kysely';
import type { MailboxDatabase } from './mailbox-database.ts';
import type { MailboxSchema } from './mailbox-schema.ts';

/** Statements by the database that they are for, and by table. */
const statements = new WeakMap<object, Map<string, CompiledQuery>>();

/**
 * Inserts one row by a statement that is built once: building it anew costs more than running it, and a mailbox is filled row
 * by row. Rows of one table have the same columns in the same order. Gives the row's number where the table makes one.
 */
export async function insertRow(db: MailboxDatabase, table: 'mailbox_item' | 'mailbox_blob', values: Readonly<Record<string, unknown>>): Promise<number> {
  const { adapter } = db.getExecutor();
  const known = statements.get(adapter) ?? new Map<string, CompiledQuery>();
  statements.set(adapter, known);
  let statement = known.get(table);
  if (statement === undefined) {
    const query = db.insertInto(table).values(values);
    statement = (table === 'mailbox_item' ? query.returning('number' as never) : query).compile();
    known.set(table, statement);
  }
  const { rows } = await db.executeQuery<Pick<MailboxSchema['mailbox_item'], 'number'>>({ ...statement, parameters: Object.values(values) });
  return Number(rows[0]?.number ?? 0);
}
