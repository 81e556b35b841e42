import { HybridgeError } from '../foundation/index.ts';

export type StoreErrorCode = 'STORE_NEWER_VERSION' | 'STORE_UNREADABLE' | 'STORE_DUPLICATE';

export class StoreError extends HybridgeError<StoreErrorCode> {
  override readonly name = 'StoreError';
}

/** SQLite's extended result codes for a primary key or unique index that is already taken. */
const duplicateKeyCodes = new Set([1555, 2067]);

/** True when a statement failed because a unique key is already taken. */
export function isDuplicateKey(error: unknown): boolean {
  return typeof error === 'object' && error !== null && duplicateKeyCodes.has((error as { errcode?: number }).errcode ?? 0);
}
