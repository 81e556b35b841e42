import { OrganizationError } from '../organization-error.ts';

/**
 * A state of `sync.items`: all that was put into the folder up to change `created` has been told, and of that all that
 * happened up to change `changed`.
 */
export interface ItemSyncState {
  folder: string;
  created: number;
  changed: number;
}

/** A state of `sync.hierarchy`: the folders that were told, and the change up to which. */
export interface HierarchySyncState {
  folder: string;
  changed: number;
  known: readonly number[];
}

const longest = 400_000;

export function writeSyncState(kind: 'items', state: ItemSyncState): string;
export function writeSyncState(kind: 'hierarchy', state: HierarchySyncState): string;
export function writeSyncState(kind: 'items' | 'hierarchy', state: ItemSyncState | HierarchySyncState): string {
  const numbers = 'known' in state ? [state.changed, ...deltas(state.known)] : [state.created, state.changed];
  return Buffer.from(`1 ${kind} ${state.folder} ${numbers.map((number) => number.toString(36)).join(' ')}`).toString('base64');
}

/** @throws OrganizationError `ORGANIZATION_SYNC_STATE` for what is no state of this folder */
export function readItemSyncState(text: string, folder: string): ItemSyncState {
  const [created, changed, ...more] = read('items', text, folder);
  if (created === undefined || changed === undefined || more.length > 0) throw badSyncState('malformed');
  return { folder, created, changed };
}

/** @throws OrganizationError `ORGANIZATION_SYNC_STATE` for what is no state of this folder */
export function readHierarchySyncState(text: string, folder: string): HierarchySyncState {
  const [changed, ...steps] = read('hierarchy', text, folder);
  if (changed === undefined) throw badSyncState('malformed');
  let number = 0;
  return { folder, changed, known: steps.map((step) => (number += step)) };
}

function read(kind: string, text: string, folder: string): number[] {
  if (text.length > longest) throw badSyncState('too long');
  const decoded = Buffer.from(text, 'base64');
  if (decoded.toString('base64') !== text) throw badSyncState('malformed');
  const [version, writtenKind, writtenFolder, ...numbers] = decoded.toString('latin1').split(' ');
  if (version !== '1') throw badSyncState('malformed');
  if (writtenKind !== kind || writtenFolder !== folder) throw badSyncState('of another folder');
  return numbers.map((number) => {
    const value = Number.parseInt(number, 36);
    if (!/^[0-9a-z]{1,11}$/.test(number) || !Number.isSafeInteger(value)) throw badSyncState('malformed');
    return value;
  });
}

function deltas(numbers: readonly number[]): number[] {
  return numbers.toSorted((a, b) => a - b).map((number, index, sorted) => number - (sorted[index - 1] ?? 0));
}

export function badSyncState(reason: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_SYNC_STATE', 'The synchronization state is not valid for this folder.', { facts: { reason }, remedy: 'Start again without a synchronization state.' });
}
