import { createPrivateKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';
import type { JWTPayload } from 'jose';
import type { SelectQueryBuilder } from 'kysely';
import { createBoundedCache } from '../../foundation/index.ts';
import { certificateBase64, readCertificate } from '../certificates/read-certificate.ts';
import { createSelfSignedCertificate } from '../certificates/create-self-signed-certificate.ts';
import { IdentityError } from '../identity-error.ts';
import { notFound } from './not-found.ts';
import type { StsContext } from './sts-context.ts';
import type { StsSchema } from './sts-schema.ts';
import type { StsSigningKey } from './sts-types.ts';

const keyDays = 1826;
const dayMs = 86_400_000;
/** A key that no longer signs stays published this long: no token lives longer. */
const overlapMs = 2 * dayMs;

export type Sign = (claims: JWTPayload) => Promise<string>;

/** Makes the first key of an empty store. */
export async function ensureSigningKey(context: StsContext): Promise<void> {
  if ((await publishedKeys(context)).length === 0) await rollSigningKey(context, { activeFrom: 0 });
}

/**
 * Makes a new key. It is published at once, and signs from `activeFrom` on (default now); those before it stay published
 * for two days after that, so that what they signed stays valid and verifiers have time to fetch.
 */
export async function rollSigningKey(context: StsContext, options: { activeFrom?: number } = {}): Promise<StsSigningKey> {
  const { db, clock } = context;
  const now = clock.now();
  const activeFrom = options.activeFrom ?? now;
  const { certificate, privateKey } = await createSelfSignedCertificate({ commonName: context.hostName, days: keyDays, clock });
  const { x5t } = readCertificate(certificate);
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('signingKey')
      .set({ publishedUntil: activeFrom + overlapMs })
      .where('publishedUntil', '>', activeFrom + overlapMs)
      .execute();
    await tx.deleteFrom('signingKey').where('publishedUntil', '<', now).execute();
    await tx.insertInto('signingKey').values({ x5t, certificate, privateKey, createdAt: now, activeFrom, publishedUntil: now + keyDays * dayMs }).execute();
  });
  const key = (await publishedKeys(context)).find((candidate) => candidate.x5t === x5t);
  if (key === undefined) throw notFound('signing key', x5t);
  return key;
}

/** Withdraws a key at once: it is no longer published and signs no more. The key that signs now cannot be withdrawn. */
export async function removeSigningKey(context: StsContext, x5t: string): Promise<void> {
  const key = (await publishedKeys(context)).find((candidate) => candidate.x5t === x5t || candidate.thumbprint === x5t.toUpperCase());
  if (key === undefined) throw notFound('signing key', x5t);
  if (key.signing) {
    throw new IdentityError('IDENTITY_STS_INPUT', 'The key that signs now cannot be withdrawn.', { facts: { status: 409, x5t }, remedy: 'Roll the signing key first.' });
  }
  await context.db.deleteFrom('signingKey').where('x5t', '=', key.x5t).execute();
}

/** Every published key, the one that signs first, then the newest. */
export async function publishedKeys(context: Pick<StsContext, 'db' | 'clock'>): Promise<StsSigningKey[]> {
  const now = context.clock.now();
  const rows = await selectPublished(context).select(['x5t', 'certificate', 'activeFrom', 'publishedUntil']).execute();
  const current = signingNow(rows, now);
  return rows
    .map(({ x5t, certificate, activeFrom, publishedUntil }) => ({
      x5t,
      thumbprint: Buffer.from(x5t, 'base64url').toString('hex').toUpperCase(),
      certificate: certificateBase64(certificate),
      activeFrom,
      publishedUntil,
      signing: x5t === current?.x5t,
    }))
    .sort((a, b) => Number(b.signing) - Number(a.signing));
}

function selectPublished({ db, clock }: Pick<StsContext, 'db' | 'clock'>): SelectQueryBuilder<StsSchema, 'signingKey', object> {
  return db.selectFrom('signingKey').where('publishedUntil', '>', clock.now()).orderBy('activeFrom', 'desc').orderBy('createdAt', 'desc');
}

/** The newest key that is active; where the clock was set back before all of them, the oldest. */
function signingNow<Row extends { activeFrom: number }>(newestFirst: readonly Row[], now: number): Row | undefined {
  return newestFirst.find((row) => row.activeFrom <= now) ?? newestFirst.at(-1);
}

/** Signs claims with the newest active key, RS256; `x5t` and `kid` both name it, as Azure AD writes them. */
export function createTokenSigner(context: StsContext): Sign {
  const parsed = createBoundedCache<KeyObject>(8);
  return async (claims) => {
    const now = context.clock.now();
    const rows = await selectPublished(context).select(['x5t', 'privateKey', 'activeFrom']).execute();
    const row = signingNow(rows, now);
    if (row === undefined) throw notFound('signing key', 'active');
    const key = parsed.get(row.x5t) ?? createPrivateKey(row.privateKey);
    parsed.set(row.x5t, key);
    return new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', x5t: row.x5t, kid: row.x5t }).sign(key);
  };
}
