import type { FolderRow } from './folder-row.ts';
import type { MailboxDatabase } from './mailbox-database.ts';

type Node = Pick<FolderRow, 'number' | 'parent' | 'name_key'>;

/** The folders below one: direct children only, or all; parents before children, siblings by name. */
export function descendantsOf<Row extends Node>(all: readonly Row[], parent: number, direct: boolean): Row[] {
  const children = Map.groupBy(all, (row) => row.parent);
  const found: Row[] = [];
  const visit = (number: number): void => {
    for (const child of (children.get(number) ?? []).toSorted((a, b) => (a.name_key < b.name_key ? -1 : 1))) {
      found.push(child);
      if (!direct) visit(child.number);
    }
  };
  visit(parent);
  return found;
}

export function childCounts(all: readonly Node[]): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { parent } of all) if (parent !== null) counts.set(parent, (counts.get(parent) ?? 0) + 1);
  return counts;
}

/** True for the folder itself and for all below it. */
export async function isBelow(db: MailboxDatabase, mailbox: number, number: number, ancestor: number): Promise<boolean> {
  const rows = await db.selectFrom('mailbox_folder').select(['number', 'parent']).where('mailbox', '=', mailbox).execute();
  const parents = new Map(rows.map((row) => [row.number, row.parent]));
  for (let at: number | null | undefined = number; at !== null && at !== undefined; at = parents.get(at)) if (at === ancestor) return true;
  return false;
}
