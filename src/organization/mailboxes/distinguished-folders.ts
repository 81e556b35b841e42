import type { DistinguishedFolderName } from './folder.ts';
import { distinguishedFolderNames } from './folder.ts';
import type { MailboxDatabase } from './mailbox-database.ts';

interface DistinguishedFolder {
  parent?: DistinguishedFolderName;
  displayName: string;
  folderClass: string;
}

/** Parents stand before their children. Names as an English Exchange mailbox has them. */
const folders: Readonly<Record<DistinguishedFolderName, DistinguishedFolder>> = {
  root: { displayName: 'Root', folderClass: 'IPF' },
  msgfolderroot: { parent: 'root', displayName: 'Top of Information Store', folderClass: 'IPF' },
  inbox: { parent: 'msgfolderroot', displayName: 'Inbox', folderClass: 'IPF.Note' },
  drafts: { parent: 'msgfolderroot', displayName: 'Drafts', folderClass: 'IPF.Note' },
  sentitems: { parent: 'msgfolderroot', displayName: 'Sent Items', folderClass: 'IPF.Note' },
  deleteditems: { parent: 'msgfolderroot', displayName: 'Deleted Items', folderClass: 'IPF.Note' },
  outbox: { parent: 'msgfolderroot', displayName: 'Outbox', folderClass: 'IPF.Note' },
  junkemail: { parent: 'msgfolderroot', displayName: 'Junk Email', folderClass: 'IPF.Note' },
  calendar: { parent: 'msgfolderroot', displayName: 'Calendar', folderClass: 'IPF.Appointment' },
  contacts: { parent: 'msgfolderroot', displayName: 'Contacts', folderClass: 'IPF.Contact' },
  tasks: { parent: 'msgfolderroot', displayName: 'Tasks', folderClass: 'IPF.Task' },
  notes: { parent: 'msgfolderroot', displayName: 'Notes', folderClass: 'IPF.StickyNote' },
  journal: { parent: 'msgfolderroot', displayName: 'Journal', folderClass: 'IPF.Journal' },
  searchfolders: { parent: 'root', displayName: 'Finder', folderClass: 'IPF' },
  recoverableitemsroot: { parent: 'root', displayName: 'Recoverable Items', folderClass: 'IPF.Note' },
  recoverableitemsdeletions: { parent: 'recoverableitemsroot', displayName: 'Deletions', folderClass: 'IPF.Note' },
  recoverableitemsversions: { parent: 'recoverableitemsroot', displayName: 'Versions', folderClass: 'IPF.Note' },
  recoverableitemspurges: { parent: 'recoverableitemsroot', displayName: 'Purges', folderClass: 'IPF.Note' },
};

/** Gives a mailbox those of the distinguished folders that it does not have yet. */
export async function addDistinguishedFolders(db: MailboxDatabase, mailbox: number, now: number): Promise<void> {
  const rows = await db.selectFrom('mailbox_folder').select(['number', 'distinguished']).where('mailbox', '=', mailbox).where('distinguished', 'is not', null).execute();
  const numbers = new Map(rows.map((row) => [row.distinguished, row.number]));
  if (distinguishedFolderNames.every((name) => numbers.has(name))) return;
  let { change } = await db.selectFrom('mailbox').select('change').where('number', '=', mailbox).executeTakeFirstOrThrow();
  for (const name of distinguishedFolderNames) {
    if (numbers.has(name)) continue;
    const { parent, displayName, folderClass } = folders[name];
    change++;
    const { number } = await db
      .insertInto('mailbox_folder')
      .values(newFolderRow({ mailbox, parent: parent === undefined ? null : (numbers.get(parent) ?? null), distinguished: name, name: displayName, class: folderClass, change, now }))
      .returning('number')
      .executeTakeFirstOrThrow();
    numbers.set(name, number);
  }
  await db.updateTable('mailbox').set({ change }).where('number', '=', mailbox).execute();
}

export interface FolderSeed {
  mailbox: number;
  parent: number | null;
  distinguished?: DistinguishedFolderName;
  name: string;
  class: string;
  change: number;
  /** Milliseconds. */
  now: number;
  /** JSON. */
  properties?: string;
}

/** The row of an empty folder. */
export function newFolderRow({ mailbox, parent, distinguished, name, class: folderClass, change, now, properties }: FolderSeed) {
  return {
    mailbox,
    parent,
    distinguished: distinguished ?? null,
    name,
    name_key: name.toLowerCase(),
    class: folderClass,
    created: change,
    changed: change,
    total: 0,
    unread: 0,
    associated: 0,
    bytes: 0,
    modified_at: now,
    forgotten: 0,
    properties: properties ?? '{}',
  };
}
