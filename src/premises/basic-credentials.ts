import { createHmac, randomBytes } from 'node:crypto';
import { createBoundedCache } from '../foundation/index.ts';
import type { Clock, Log } from '../foundation/index.ts';
import type { Organization, Recipient, SignInAccount } from '../organization/index.ts';
import { PremisesError } from './premises-error.ts';
import { createSignInThrottle } from './sign-in-throttle.ts';

export interface BasicCredentialsOptions {
  organization: Organization;
  clock: Clock;
  log: Log;
  /** How long a verified user name and password are taken as verified, milliseconds. Default 900,000. */
  rememberMs?: number;
  /** Passwords that may wait to be checked, four being checked at a time. Default 200: some ten seconds' work. */
  waiting?: number;
}

export interface BasicCredentials {
  /**
   * The account that an `Authorization: Basic` value belongs to, or undefined where it is malformed, unknown or wrong, or
   * where too many wrong ones came before it.
   *
   * @throws PremisesError `PREMISES_BUSY`: too many passwords wait to be checked
   */
  check(authorization: string, clientAddress: string): Promise<Recipient | undefined>;
}

/** Hashing takes memory and threads that all the process shares. */
const checksAtOnce = 4;

/**
 * Checks Basic credentials (RFC 7617). The password hash is slow on purpose, so a verified header is remembered for a
 * while, under a keyed digest: the credentials themselves are not kept. It is worth something only as long as its user
 * name leads to the same account with the same password. Guessing is slowed down by account and by client address; people
 * whose credentials are remembered do not notice.
 */
export function createBasicCredentials({ organization, clock, log, rememberMs = 900_000, waiting = 200 }: BasicCredentialsOptions): BasicCredentials {
  const { directory } = organization;
  const key = randomBytes(32);
  const remembered = createBoundedCache<{ guid: string; passwordVersion: string; since: number }>(10_000);
  const underWay = new Map<string, Promise<Recipient | undefined>>();
  const throttle = createSignInThrottle(clock);
  const takeTurns = createTurns(checksAtOnce + waiting);

  const isRemembered = (digest: string, account: SignInAccount): boolean => {
    const entry = remembered.get(digest);
    if (entry?.guid !== account.recipient.guid || entry.passwordVersion !== account.passwordVersion) return false;
    const age = clock.now() - entry.since;
    return age >= 0 && age < rememberMs;
  };

  const verify = async ({ userName, password }: Credentials, account: SignInAccount | undefined, clientAddress: string): Promise<Recipient | undefined> => {
    const name = account?.recipient.guid ?? userName.toLowerCase();
    if (!throttle.mayTry(name, clientAddress)) return undefined;
    const recipient = await directory.checkPassword(userName, password);
    if (recipient !== undefined) {
      throttle.succeeded(name);
      return recipient;
    }
    const lockedUntil = throttle.failed(name, clientAddress);
    if (lockedUntil > 0) {
      // A name that is nobody's is not written down: people type passwords into the wrong field.
      const facts = { code: 'PREMISES_SIGN_IN_LOCKED', account: account?.recipient.guid, clientAddress, until: new Date(lockedUntil).toISOString() };
      log.warn(facts, 'too many wrong passwords: more are not looked at for a while');
    }
    return undefined;
  };

  return {
    async check(authorization, clientAddress) {
      const credentials = decodeBasic(authorization);
      if (credentials === undefined) return undefined;
      const digest = createHmac('sha256', key).update(authorization).digest('base64');
      // Read before the password is checked: if it is changed meanwhile, what is remembered is worth nothing.
      const account = await directory.signInAccount(credentials.userName);
      if (account !== undefined && isRemembered(digest, account)) return account.recipient;
      const others = underWay.get(digest);
      if (others !== undefined) return others;
      const checking = takeTurns(async () => {
        const recipient = await verify(credentials, account, clientAddress);
        if (recipient !== undefined && account !== undefined) remembered.set(digest, { guid: recipient.guid, passwordVersion: account.passwordVersion, since: clock.now() });
        return recipient;
      }).finally(() => underWay.delete(digest));
      underWay.set(digest, checking);
      return checking;
    },
  };
}

interface Credentials {
  userName: string;
  password: string;
}

function decodeBasic(authorization: string): Credentials | undefined {
  const [, encoded] = /^basic +([A-Za-z0-9+/]+={0,2}) *$/i.exec(authorization) ?? [];
  if (encoded === undefined) return undefined;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 1 ? undefined : { userName: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Runs work in a few lanes, each piece after the one before it. */
function createTurns(most: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const lanes = Array.from({ length: checksAtOnce }, () => Promise.resolve());
  let count = 0;
  let underWay = 0;
  return async (work) => {
    if (underWay >= most) throw new PremisesError('PREMISES_BUSY', 'Too many people sign in at the moment.', { retryable: true, facts: { underWay } });
    const lane = (count += 1) % checksAtOnce;
    underWay += 1;
    const result = (lanes[lane] ?? Promise.resolve()).then(work);
    lanes[lane] = result.then(
      () => void (underWay -= 1),
      () => void (underWay -= 1),
    );
    return result;
  };
}
