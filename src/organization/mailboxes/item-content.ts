import { contentSlot, wholeContent } from './content-store.ts';
import type { ItemRow } from './item-row.ts';
import { contentOf } from './item-row.ts';
import type { MailboxDatabase } from './mailbox-database.ts';
import type { PropertyBag } from './property.ts';
import { readBag } from './stored-bag.ts';

/** The properties of an item that stand apart from its row. */
export async function heavyProperties(db: MailboxDatabase, row: Pick<ItemRow, 'has_content' | 'content' | 'number'>): Promise<PropertyBag> {
  if (row.has_content === 0) return {};
  return readBag((await wholeContent(db, contentOf(row), contentSlot.properties)).toString());
}
