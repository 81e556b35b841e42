import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../foundation/index.ts';
import type { Organization, Recipient } from '../organization/index.ts';

export interface BasicCredentialsOptions {
  organization: Organization;
  clock: Clock;
  /** How long a verified user name and password are taken as verified. Default 60,000 ms. */
  rememberMs?: number;
  /** Verified credentials kept at most. Default 10,000. */
  capacity?: number;
}

export interface BasicCredentials {
  /** The account that an `Authorization: Basic` value belongs to, or undefined where it is malformed, unknown or wrong. */
  check(authorization: string): Promise<Recipient | undefined>;
}

/**
 * Checks Basic credentials (RFC 7617). The password hash is slow on purpose, so a verified header is remembered for a
 * short while, under a keyed digest: the credentials themselves are not kept.
 */
export function createBasicCredentials(options: BasicCredentialsOptions): BasicCredentials {
  const { organization, clock } = options;
  const rememberMs = options.rememberMs ?? 60_000;
  const capacity = options.capacity ?? 10_000;
  const key = randomBytes(32);
  const remembered = new Map<string, { guid: string; until: number }>();
  return {
    async check(authorization) {
      const credentials = decodeBasic(authorization);
      if (credentials === undefined) return undefined;
      const digest = createHmac('sha256', key).update(authorization).digest('base64');
      const known = remembered.get(digest);
      if (known !== undefined && known.until > clock.now()) {
        const recipient = await organization.directory.byGuid(known.guid);
        if (recipient !== undefined) return recipient;
      }
      remembered.delete(digest);
      const recipient = await organization.directory.checkPassword(credentials.userName, credentials.password);
      if (recipient === undefined) return undefined;
      if (remembered.size >= capacity) {
        const oldest = remembered.keys().next();
        if (oldest.done !== true) remembered.delete(oldest.value);
      }
      remembered.set(digest, { guid: recipient.guid, until: clock.now() + rememberMs });
      return recipient;
    },
  };
}

function decodeBasic(authorization: string): { userName: string; password: string } | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/=]+) *$/i.exec(authorization) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { userName: text.slice(0, colon), password: text.slice(colon + 1) };
}
