import type { CompiledQuery } from 'kysely';
import type { MailboxDatabase } from './mailbox-database.ts';

/** Statements by the database that they are for, and by table. */
const statements = new WeakMap<object, Map<string, CompiledQuery>>();

/**
 * Inserts one row by a statement that is built once: building it anew costs more than running it, and a mailbox is filled row
 * by row. Rows of one table have the same columns in the same order. Gives the row's number where the table makes one;
 * SQLite tells it anyway, and doubles the work when it is asked for by RETURNING.
 */
export async function insertRow(db: MailboxDatabase, table: 'mailbox_item' | 'mailbox_blob', values: Readonly<Record<string, unknown>>): Promise<number> {
  const { adapter } = db.getExecutor();
  const known = statements.get(adapter) ?? new Map<string, CompiledQuery>();
  statements.set(adapter, known);
  let statement = known.get(table);
  if (statement === undefined) {
    statement = db.insertInto(table).values(values).compile();
    known.set(table, statement);
  }
  const { insertId } = await db.executeQuery({ ...statement, parameters: Object.values(values) });
  return Number(insertId);
}
