import type { Kysely } from 'kysely';
import type { Clock } from '../../foundation/index.ts';
import type { CertificateAuthority } from '../../identity/index.ts';
import { createCertificateAuthority, issueClientCertificate, readCertificate } from '../../identity/index.ts';
import { RelayError } from '../relay-error.ts';
import type { RegistrySchema } from './registry-schema.ts';

/** An authority whose agents are let in. Times are epoch milliseconds. */
export interface AuthorityRecord {
  /** Upper-case hex SHA-1. */
  thumbprint: string;
  /** PEM. */
  certificate: string;
  notBefore: number;
  notAfter: number;
  /** True for the one that issues. */
  issues: boolean;
}

/** Who certifies agents: one authority issues, those before it are accepted until they are removed or over. */
export interface Authorities {
  /** Newest first. */
  list(): readonly AuthorityRecord[];
  /** Makes another authority, which issues from now on. */
  renew(): Promise<AuthorityRecord>;
  /** Makes another authority when the one that issues would end within three lives of an agent's certificate. */
  renewWhenDue(certificateDays: number): Promise<boolean>;
  /**
   * Accepts an authority no longer.
   *
   * @throws RelayError `RELAY_AUTHORITY_UNKNOWN`, `RELAY_AUTHORITY_IN_USE` for the one that issues
   */
  remove(thumbprint: string): Promise<void>;
  onChanged(listener: () => void): void;
  /** A client certificate of at most `days`, never longer than the authority itself. */
  issue(request: string, commonName: string, days: number): Promise<{ certificate: string; authority: string }>;
}

interface Held extends CertificateAuthority {
  id: number;
}

const dayMs = 24 * 3600_000;

export async function openAuthorities(db: Kysely<RegistrySchema>, clock: Clock): Promise<Authorities> {
  const rows = await db.selectFrom('authority').selectAll().orderBy('id', 'desc').execute();
  let held: Held[] = rows.map((row) => ({ id: row.id, certificate: row.certificate, privateKey: row.private_key }));
  const listeners: (() => void)[] = [];
  const announce = (): void => {
    for (const listener of listeners) listener();
  };
  const recordOf = (authority: Held): AuthorityRecord => {
    const { thumbprint, notBefore, notAfter } = readCertificate(authority.certificate);
    return { thumbprint, certificate: authority.certificate, notBefore, notAfter, issues: authority === held[0] };
  };
  const issuing = (): Held => {
    const [first] = held;
    if (first === undefined) throw new RangeError('a relay has an authority from its first start on');
    return first;
  };
  const authorities: Authorities = {
    list: () => held.map(recordOf),
    async renew() {
      const authority: Held = { id: (held[0]?.id ?? 0) + 1, ...(await createCertificateAuthority({ commonName: 'Hybridge relay: agents', clock })) };
      await db.insertInto('authority').values({ id: authority.id, certificate: authority.certificate, private_key: authority.privateKey }).execute();
      held = [authority, ...held];
      announce();
      return recordOf(authority);
    },
    async renewWhenDue(certificateDays) {
      if (readCertificate(issuing().certificate).notAfter - clock.now() > 3 * certificateDays * dayMs) return false;
      await authorities.renew();
      return true;
    },
    async remove(thumbprint) {
      const wanted = held.find((authority) => recordOf(authority).thumbprint === thumbprint.toUpperCase());
      if (wanted === undefined) throw new RelayError('RELAY_AUTHORITY_UNKNOWN', 'There is no such authority.', { facts: { thumbprint }, remedy: 'See hybridge relay authority list.' });
      if (wanted === held[0]) throw new RelayError('RELAY_AUTHORITY_IN_USE', 'This authority issues the certificates of agents.', { facts: { thumbprint }, remedy: 'Make another one first: hybridge relay authority renew.' });
      await db.deleteFrom('authority').where('id', '=', wanted.id).execute();
      held = held.filter((authority) => authority !== wanted);
      announce();
    },
    onChanged(listener) {
      listeners.push(listener);
    },
    async issue(request, commonName, days) {
      const authority = issuing();
      const left = (readCertificate(authority.certificate).notAfter - clock.now()) / dayMs;
      return { certificate: await issueClientCertificate(authority, { request, commonName, days: Math.min(days, left), clock }), authority: authority.certificate };
    },
  };
  if (held.length === 0) await authorities.renew();
  return authorities;
}
