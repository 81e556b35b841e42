import { randomInt } from 'node:crypto';
import type { Selectable } from 'kysely';
import { createOpaqueToken, hashOpaqueToken } from './opaque-token.ts';
import { removeExpired } from './remove-expired.ts';
import { accessColumns } from './requested-access.ts';
import type { RequestedAccess } from './requested-access.ts';
import type { SignInSchema } from './sign-in-schema.ts';
import type { StsContext } from './sts-context.ts';

export type DeviceCodeRow = Selectable<SignInSchema['deviceCode']>;

/** Azure AD's fifteen minutes. */
export const deviceCodeSeconds = 900;
export const pollingSeconds = 5;

/** Consonants only: no words, no digits to confuse (RFC 8628 §6.1). */
const letters = 'BCDFGHJKLMNPQRSTVWXZ';
const userCodeLength = 8;

export interface NewDeviceCode {
  tenantId: string | null;
  clientId: string;
  access: RequestedAccess;
}

export async function createDeviceCode(context: StsContext, { tenantId, clientId, access }: NewDeviceCode): Promise<{ deviceCode: string; userCode: string }> {
  await removeExpired(context);
  const deviceCode = createOpaqueToken();
  const userCode = Array.from({ length: userCodeLength }, () => letters[randomInt(letters.length)]).join('');
  const expiresAt = context.clock.now() + deviceCodeSeconds * 1000;
  await context.db
    .insertInto('deviceCode')
    .values({ codeHash: hashOpaqueToken(deviceCode), userCode, tenantId, clientId, ...accessColumns(access), expiresAt, polledAt: 0, state: 'pending', userId: null, methods: '', signedInAt: 0 })
    .execute();
  return { deviceCode, userCode };
}

/** With a dash in the middle, as people read it. */
export function showUserCode(userCode: string): string {
  return `${userCode.slice(0, userCodeLength / 2)}-${userCode.slice(userCodeLength / 2)}`;
}

export async function findDeviceCode({ db }: Pick<StsContext, 'db'>, deviceCode: string): Promise<DeviceCodeRow | undefined> {
  return db.selectFrom('deviceCode').selectAll().where('codeHash', '=', hashOpaqueToken(deviceCode)).executeTakeFirst();
}

/** A code that somebody typed, in any case and with or without dash, that still waits. */
export async function findPendingUserCode({ db, clock }: Pick<StsContext, 'db' | 'clock'>, typed: string): Promise<DeviceCodeRow | undefined> {
  const userCode = typed.toUpperCase().replaceAll(/[^A-Z]/g, '');
  if (userCode.length !== userCodeLength) return undefined;
  return db.selectFrom('deviceCode').selectAll().where('userCode', '=', userCode).where('state', '=', 'pending').where('expiresAt', '>', clock.now()).executeTakeFirst();
}

/** What a person decided about a code; false when it no longer waits. */
export async function decideDeviceCode(
  { db }: Pick<StsContext, 'db'>,
  row: DeviceCodeRow,
  decision: { state: 'declined' } | { state: 'approved'; tenantId: string; userId: string; methods: string; signedInAt: number },
): Promise<boolean> {
  const { numUpdatedRows } = await db.updateTable('deviceCode').set(decision).where('codeHash', '=', row.codeHash).where('state', '=', 'pending').executeTakeFirst();
  return numUpdatedRows > 0n;
}
