import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import { isDuplicateKey } from '../../store/index.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import { decodeToken, textClaim, timeClaim } from '../tokens/decode-token.ts';
import type { Claims, DecodedToken } from '../tokens/decode-token.ts';
import { isAllowedAlgorithm, verifySignature } from '../tokens/verify-signature.ts';
import {
  applicationDisabled,
  applicationNotFound,
  assertionAudienceInvalid,
  assertionKeyNotFound,
  assertionMalformed,
  assertionNotInTime,
  assertionReplayed,
  assertionSignatureInvalid,
} from './aadsts-errors.ts';
import type { ConfiguredKey } from './aadsts-errors.ts';
import { findServicePrincipalRow } from './service-principals.ts';
import type { ServicePrincipalRow } from './service-principals.ts';
import type { StsContext } from './sts-context.ts';
import type { StsSchema } from './sts-schema.ts';
import type { StsTenant } from './sts-types.ts';

type KeyRow = Selectable<StsSchema['keyCredential']>;

/** How much the client's clock may differ. */
const skewMs = 300_000;
/** Assertions that live longer are refused; Azure AD's own limit. */
const longestLifeMs = 86_400_000;

export interface VerifyAssertionOptions {
  tenant: StsTenant;
  /** True for an audience that means this service. */
  acceptsAudience: (audience: string) => boolean;
  /**
   * Refuse an assertion whose `jti` was used before. Not for the client credentials grant: MSAL uses an assertion again
   * until it ends.
   */
  singleUse: boolean;
}

/**
 * Checks an assertion that an application signed with a certificate (RFC 7523 §3): `iss` names the application, the
 * header the certificate (`x5t`, `x5t#S256` or `kid`), which must be registered on its service principal. Keys inside
 * the assertion are ignored.
 *
 * @throws AadstsError 50027, 700016, 7000112, 70002/50012, 700027, 700024, 700023
 */
export async function verifyClientAssertion(context: StsContext, text: string, options: VerifyAssertionOptions): Promise<ServicePrincipalRow> {
  const { tenant } = options;
  const token = decodeToken(text);
  if (token === undefined) throw assertionMalformed('Not a JSON Web Token in compact form.');
  if (!isAllowedAlgorithm(token.header['alg'])) throw assertionMalformed('The algorithm must be RS256 or PS256.');
  const [appId = '', realm = tenant.id] = (textClaim(token.claims, 'iss') ?? '').split('@');
  const principal = realm === tenant.id || tenant.domains.includes(realm.toLowerCase()) ? await findServicePrincipalRow(context, tenant.id, appId) : undefined;
  if (principal === undefined || principal.appId !== appId.toLowerCase()) throw applicationNotFound(appId, tenant.id);
  if (principal.enabled === 0) throw applicationDisabled(appId);
  await checkSignature(context, token, principal);
  const endsAt = checkTimes(token.claims, context.clock.now());
  const audience = textClaim(token.claims, 'aud') ?? '';
  if (!options.acceptsAudience(audience)) throw assertionAudienceInvalid(audience);
  if (options.singleUse) await spend(context, principal, textClaim(token.claims, 'jti'), endsAt);
  return principal;
}

async function checkSignature(context: StsContext, token: DecodedToken, principal: ServicePrincipalRow): Promise<void> {
  const keys = await context.db.selectFrom('keyCredential').selectAll().where('servicePrincipalId', '=', principal.objectId).orderBy('startDate').execute();
  const name = textClaim(token.header, 'x5t') ?? textClaim(token.header, 'x5t#S256') ?? textClaim(token.header, 'kid') ?? '';
  const key = keys.find((row) => row.x5t === name || row.x5tS256 === name || hex(row.x5t) === name.toUpperCase());
  if (key === undefined) throw assertionKeyNotFound(displayThumbprint(name), keys.map(describe));
  if (!verifySignature(token, readCertificate(key.value).publicKey)) throw assertionSignatureInvalid(describe(key), 'signature');
  const now = context.clock.now();
  if (now < key.startDate - skewMs || now > key.endDate) throw assertionSignatureInvalid(describe(key), 'expired');
}

function describe(key: KeyRow): ConfiguredKey {
  return { startDate: key.startDate, endDate: key.endDate, thumbprint: hex(key.x5t) };
}

function hex(x5t: string): string {
  return Buffer.from(x5t, 'base64url').toString('hex').toUpperCase();
}

/** A base64url SHA-1 or SHA-256 as the hex that administrators know; anything else as it came. */
function displayThumbprint(name: string): string {
  return /^[A-Za-z0-9_-]{27}$|^[A-Za-z0-9_-]{43}$/.test(name) ? hex(name) : name;
}

function checkTimes(claims: Claims, now: number): number {
  const ends = timeClaim(claims, 'exp');
  const begins = timeClaim(claims, 'nbf') ?? 0;
  if (ends === undefined) throw assertionMalformed('The claim exp is missing.');
  if (now > ends + skewMs || now < begins - skewMs || ends > now + longestLifeMs + skewMs) throw assertionNotInTime({ now, begins, ends });
  return ends;
}

/** An assertion without `jti` cannot be told from its copy, and is bounded by its lifetime only. */
async function spend({ db, clock }: StsContext, principal: ServicePrincipalRow, jti: string | undefined, endsAt: number): Promise<void> {
  if (jti === undefined) return;
  const tokenId = createHash('sha256').update(`${principal.objectId} ${jti}`).digest('base64url');
  try {
    await db.deleteFrom('assertion').where('expiresAt', '<', clock.now() - 2 * skewMs).execute();
    await db.insertInto('assertion').values({ tokenId, expiresAt: endsAt }).execute();
  } catch (error) {
    if (isDuplicateKey(error)) throw assertionReplayed();
    throw error;
  }
}
