export type Severity = 'ok' | 'warning' | 'critical' | 'unknown';

/** Something to be done about a certificate, whatever its time. */
export interface CertificateProblem {
  severity: Exclude<Severity, 'ok'>;
  /** One sentence, with the published error text where there is one. */
  text: string;
  remedy: string;
}

/** Whether the party at the other end has the same certificate. */
export interface Counterpart {
  state: 'same' | 'different' | 'missing' | 'unseen' | 'none';
  /** A few words for a table: who, and what was found there. */
  detail: string;
}

/** One certificate of the system. Times are epoch milliseconds. */
export interface CertificateEntry {
  /** For scripts: `auth-current`, `token-signing-2F3A…`, `tls-mail.contoso.test:443`. */
  id: string;
  title: string;
  subject: string | null;
  /** Upper-case hex SHA-1. Null where only the end of its time is known. */
  thumbprint: string | null;
  notBefore: number | null;
  notAfter: number | null;
  /** Where it is used, on both sides: `on premises: AuthConfig`, `tenant: key credential of …`. */
  uses: readonly string[];
  counterpart: Counterpart;
  /** A past certificate may end; a next one need not be in its time yet. */
  role: 'current' | 'next' | 'past';
  /** Who replaces it, for people. */
  renewal: string;
  /** Renewed by itself with this many days left: less means that this does not happen. */
  renewsItselfAtDays?: number;
  problems: readonly CertificateProblem[];
}

/** A side that could not be asked. What it would have told is not in the inventory. */
export interface UnreachedSide {
  side: string;
  reason: string;
}

export interface CertificateInventory {
  /** Epoch milliseconds. */
  takenAt: number;
  entries: readonly CertificateEntry[];
  unreached: readonly UnreachedSide[];
}
