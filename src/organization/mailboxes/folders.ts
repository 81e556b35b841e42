import { OrganizationError } from '../organization-error.ts';
import { changeKeyOf } from './change-key.ts';
import { copyFolderTree } from './copy-folder.ts';
import { deleteFolderTree, emptyFolder } from './delete-folder.ts';
import { newFolderRow } from './distinguished-folders.ts';
import type { Folder, FolderChanges, FolderId, FolderQuery, Folders, NewFolder, Page } from './folder.ts';
import { folderPermissions, replaceFolderPermissions, rightsOf } from './folder-permissions.ts';
import { distinguishedRow, folderId, folderNumber, folderOfRow, folderRow } from './folder-row.ts';
import type { FolderRow } from './folder-row.ts';
import { childCounts, descendantsOf, isBelow } from './folder-tree.ts';
import type { MailboxContext } from './mailbox-context.ts';
import { laterThanBefore, mailboxNumber, writeMailbox } from './mailbox-write.ts';
import type { MailboxWrite } from './mailbox-write.ts';
import { checkRestriction, compareValues, matchesRestriction } from './match-restriction.ts';
import { pageOf, rangeOf } from './page.ts';
import { checkBag, readBag, writeBag } from './stored-bag.ts';
import type { MailboxDatabase } from './mailbox-database.ts';

const longestName = 255;
/** What is kept in columns, or counted. */
const ownKeys = new Set(['folder:DisplayName', 'folder:FolderClass', 'folder:TotalCount', 'folder:UnreadCount', 'folder:ChildFolderCount', '0x3001', 'item:LastModifiedTime', '0x360a']);

export function createFolders(context: MailboxContext, guid: string): Folders {
  const { db } = context;

  const row = async (id: FolderId): Promise<FolderRow> => folderRow(db, await mailboxNumber(context, guid), folderNumber(guid, id));

  const folderOf = async (executor: MailboxDatabase, found: FolderRow): Promise<Folder> => {
    const { children } = await executor
      .selectFrom('mailbox_folder')
      .select((select) => select.fn.countAll().as('children'))
      .where('mailbox', '=', found.mailbox)
      .where('parent', '=', found.number)
      .executeTakeFirstOrThrow();
    return folderOfRow(guid, found, Number(children));
  };

  const write = <Result>(work: (write: MailboxWrite) => Promise<Result>): Promise<Result> => writeMailbox(context, guid, work);

  const tell = (to: MailboxWrite, type: 'Created' | 'Modified', found: Pick<FolderRow, 'number' | 'parent'>, change: number): void =>
    to.emit({ type, folderId: folderId(guid, found.number), changeKey: changeKeyOf(change), parentFolderId: folderId(guid, found.parent ?? found.number) });

  return {
    async distinguished(name) {
      const mailbox = await mailboxNumber(context, guid);
      return folderOf(db, await distinguishedRow(db, mailbox, name));
    },
    async get(id) {
      return folderOf(db, await row(id));
    },
    async find(parent, query) {
      const found = await row(parent);
      return findFolders(db, guid, found, query);
    },
    create: (parent, folder) =>
      write(async (to) => {
        const above = await folderRow(to.db, to.mailbox, folderNumber(guid, parent));
        await checkRoom(to, context.limits.folders);
        const name = checkName(folder.displayName);
        await checkFree(to, above.number, name);
        const change = to.nextChange();
        const seed = { mailbox: to.mailbox, parent: above.number, name, class: classOf(folder, above), change, now: to.now, properties: storedProperties(folder.properties ?? {}) };
        const created = await to.db.insertInto('mailbox_folder').values(newFolderRow(seed)).returningAll().executeTakeFirstOrThrow();
        tell(to, 'Created', created, change);
        return folderOfRow(guid, created, 0);
      }),
    update: (id, changes, changeKey) =>
      write(async (to) => {
        const found = await folderRow(to.db, to.mailbox, folderNumber(guid, id));
        if (changeKey !== undefined && changeKey !== changeKeyOf(found.changed)) throw changeConflict(id);
        const change = to.nextChange();
        const updated = { ...found, ...(await changedColumns(to, found, changes)), changed: change };
        const { name, name_key, class: folderClass, properties } = updated;
        const { modified_at } = await to.db.updateTable('mailbox_folder').set({ name, name_key, class: folderClass, properties, changed: change, modified_at: laterThanBefore(to.now) }).where('number', '=', found.number).returning('modified_at').executeTakeFirstOrThrow();
        tell(to, 'Modified', updated, change);
        return folderOf(to.db, { ...updated, modified_at });
      }),
    delete: (id, type) => write(async (to) => deleteFolderTree(to, await undistinguished(to, id), type)),
    move: (id, target) =>
      write(async (to) => {
        const found = await undistinguished(to, id);
        const above = await folderRow(to.db, to.mailbox, folderNumber(guid, target));
        if (above.number === found.parent) return folderOf(to.db, found);
        if (await isBelow(to.db, to.mailbox, above.number, found.number)) throw cycle(id);
        await checkFree(to, above.number, found.name);
        const change = to.nextChange();
        await to.db.updateTable('mailbox_folder').set({ parent: above.number, changed: change, modified_at: laterThanBefore(to.now) }).where('number', '=', found.number).execute();
        to.emit({ type: 'Moved', folderId: id, changeKey: changeKeyOf(change), parentFolderId: target, oldFolderId: id, oldParentFolderId: folderId(guid, found.parent ?? found.number) });
        return folderOf(to.db, { ...found, parent: above.number, changed: change });
      }),
    copy: (id, target) =>
      write(async (to) => {
        const found = await undistinguished(to, id);
        const above = await folderRow(to.db, to.mailbox, folderNumber(guid, target));
        if (await isBelow(to.db, to.mailbox, above.number, found.number)) throw cycle(id);
        await checkFree(to, above.number, found.name);
        await checkRoom(to, context.limits.folders);
        const copied = await copyFolderTree(to, found, above.number);
        to.emit({ type: 'Copied', folderId: folderId(guid, copied.number), changeKey: changeKeyOf(copied.changed), parentFolderId: target, oldFolderId: id, oldParentFolderId: folderId(guid, found.parent ?? found.number) });
        return folderOf(to.db, await folderRow(to.db, to.mailbox, copied.number));
      }),
    empty: (id, type, deleteSubFolders) => write(async (to) => emptyFolder(to, await folderRow(to.db, to.mailbox, folderNumber(guid, id)), type, deleteSubFolders)),
    async permissions(id) {
      return folderPermissions(db, guid, await row(id));
    },
    setPermissions: (id, permissions) =>
      write(async (to) => {
        const found = await folderRow(to.db, to.mailbox, folderNumber(guid, id));
        await replaceFolderPermissions(to.db, guid, found, typeof permissions === 'function' ? permissions(await folderPermissions(to.db, guid, found)) : permissions);
        const change = to.nextChange();
        await to.db.updateTable('mailbox_folder').set({ changed: change }).where('number', '=', found.number).execute();
        tell(to, 'Modified', found, change);
      }),
    async rights(id, user) {
      return rightsOf(await folderPermissions(db, guid, await row(id)), user);
    },
  };

  async function undistinguished(to: MailboxWrite, id: FolderId): Promise<FolderRow> {
    const found = await folderRow(to.db, to.mailbox, folderNumber(guid, id));
    if (found.distinguished !== null) throw new OrganizationError('ORGANIZATION_DISTINGUISHED_FOLDER', 'A distinguished folder cannot be moved, copied or deleted.', { facts: { folder: found.distinguished } });
    return found;
  }
}

async function findFolders(db: MailboxDatabase, guid: string, parent: FolderRow, query: FolderQuery): Promise<Page<Folder>> {
  if (query.restriction !== undefined) checkRestriction(query.restriction);
  const all = await db.selectFrom('mailbox_folder').selectAll().where('mailbox', '=', parent.mailbox).execute();
  const counts = childCounts(all);
  const { restriction, sortBy = [] } = query;
  const below = query.traversal === 'SoftDeleted' ? [] : descendantsOf(all, parent.number, query.traversal === 'Shallow');
  const folders = below.map((found) => folderOfRow(guid, found, counts.get(found.number) ?? 0)).filter((folder) => restriction === undefined || matchesRestriction(folder.properties, restriction));
  if (sortBy.length > 0) {
    folders.sort((a, b) => {
      for (const { key, direction } of sortBy) {
        const order = compareValues(a.properties[key], b.properties[key]) ?? 0;
        if (order !== 0) return direction === 'Ascending' ? order : -order;
      }
      return 0;
    });
  }
  const { first, count } = rangeOf(query, folders.length);
  return pageOf(query, folders.length, folders.slice(first, first + count));
}

async function changedColumns(to: MailboxWrite, found: FolderRow, changes: FolderChanges): Promise<Partial<FolderRow>> {
  const { 'folder:DisplayName': setName, 'folder:FolderClass': setClass, ...set } = changes.set ?? {};
  const columns: Partial<FolderRow> = {};
  const displayName = changes.displayName ?? setName;
  if (displayName !== undefined) {
    const name = checkName(displayName);
    if (name.toLowerCase() !== found.name_key && found.parent !== null) await checkFree(to, found.parent, name);
    Object.assign(columns, { name, name_key: name.toLowerCase() });
  }
  const folderClass = changes.folderClass ?? setClass;
  if (folderClass !== undefined) columns.class = checkClass(folderClass);
  const bag = { ...readBag(found.properties), ...set };
  for (const key of changes.remove ?? []) delete bag[key];
  columns.properties = storedProperties(bag);
  return columns;
}

function storedProperties(bag: NonNullable<NewFolder['properties']>): string {
  checkBag(bag);
  return writeBag(Object.fromEntries(Object.entries(bag).filter(([key]) => !ownKeys.has(key))));
}

function classOf(folder: NewFolder, parent: FolderRow): string {
  const given = folder.folderClass ?? folder.properties?.['folder:FolderClass'];
  if (given !== undefined) return checkClass(given);
  return parent.class === 'IPF' ? 'IPF.Note' : parent.class;
}

function checkClass(folderClass: unknown): string {
  if (typeof folderClass === 'string' && folderClass.length <= 255) return folderClass;
  throw new OrganizationError('ORGANIZATION_INVALID_FOLDER', 'The folder class is not valid.');
}

function checkName(name: unknown): string {
  if (typeof name === 'string' && name.trim() !== '' && name.length <= longestName) return name;
  throw new OrganizationError('ORGANIZATION_INVALID_FOLDER', `A folder's name has 1 to ${longestName} characters.`);
}

async function checkFree(to: MailboxWrite, parent: number, name: string): Promise<void> {
  const there = await to.db.selectFrom('mailbox_folder').select('number').where('mailbox', '=', to.mailbox).where('parent', '=', parent).where('name_key', '=', name.toLowerCase()).executeTakeFirst();
  if (there !== undefined) throw new OrganizationError('ORGANIZATION_FOLDER_EXISTS', 'A folder with that name exists already.', { facts: { name } });
}

async function checkRoom(to: MailboxWrite, limit: number): Promise<void> {
  const { folders } = await to.db
    .selectFrom('mailbox_folder')
    .select((select) => select.fn.countAll().as('folders'))
    .where('mailbox', '=', to.mailbox)
    .executeTakeFirstOrThrow();
  if (Number(folders) >= limit) throw new OrganizationError('ORGANIZATION_MAILBOX_FULL', `The mailbox has ${limit} folders, which is the most it may have.`);
}

function changeConflict(id: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_CHANGE_CONFLICT', 'It was changed meanwhile.', { facts: { id }, remedy: 'Read it again and repeat the change.' });
}

function cycle(id: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_FOLDER_CYCLE', 'A folder cannot be put into itself or below itself.', { facts: { id } });
}
