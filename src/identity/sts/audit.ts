import { randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { StsSchema } from './sts-schema.ts';

/** One change of the directory, or one security event. */
export interface AuditEntry {
  /** Epoch milliseconds. */
  at: number;
  tenantId: string | null;
  /** `administrator`, or `client` for what a request to the public side caused. */
  actor: 'administrator' | 'client';
  /** E.g. `servicePrincipal.keyCredential.add`. */
  action: string;
  /** What was changed: an id or a name. */
  target: string;
  requestId: string | null;
  /** Never secrets. */
  details: Readonly<Record<string, unknown>>;
}

export async function writeAudit(db: Kysely<StsSchema>, entry: AuditEntry): Promise<void> {
  await db.insertInto('audit').values({ id: randomUUID(), ...entry, details: JSON.stringify(entry.details) }).execute();
}

/** The newest entries first. */
export async function readAudit(db: Kysely<StsSchema>, limit: number): Promise<AuditEntry[]> {
  const rows = await db.selectFrom('audit').selectAll().orderBy('at', 'desc').orderBy('id').limit(limit).execute();
  return rows.map(({ at, tenantId, actor, action, target, requestId, details }) => ({
    at,
    tenantId,
    actor: actor as AuditEntry['actor'],
    action,
    target,
    requestId,
    details: JSON.parse(details) as Record<string, unknown>,
  }));
}
