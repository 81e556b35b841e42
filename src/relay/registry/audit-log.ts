import type { Kysely } from 'kysely';
import type { Clock } from '../../foundation/index.ts';
import type { RegistrySchema } from './registry-schema.ts';

/** One change of what the relay holds. */
export interface AuditEntry {
  /** Epoch milliseconds. */
  at: number;
  /** `operator`, or the id of a tenant's key. */
  actor: string;
  actorName: string;
  /** Where the call came from. */
  address: string;
  tenantId?: string;
  /** What was done, such as `application.update`. */
  action: string;
  /** The id of what it was done to. */
  object?: string;
  /** What was given; never a secret. */
  change?: unknown;
}

export interface AuditLog {
  write(entry: Omit<AuditEntry, 'at'>): Promise<void>;
  /** The latest, newest first. */
  list(options: { tenantId?: string | undefined; limit: number }): Promise<readonly AuditEntry[]>;
}

/** Entries that are kept; the log of the relay has the older ones. */
const maximumEntries = 100_000;
const maximumChangeLength = 8192;

export function createAuditLog(db: Kysely<RegistrySchema>, clock: Clock): AuditLog {
  return {
    async write({ actor, actorName, address, tenantId, action, object, change }) {
      const text = change === undefined ? null : JSON.stringify(change);
      const row = { at: clock.now(), actor, actor_name: actorName, address, tenant_id: tenantId ?? null, action, object: object ?? null, change: text !== null && text.length > maximumChangeLength ? JSON.stringify({ tooLong: text.length }) : text };
      const { insertId = 0n } = await db.insertInto('audit').values(row).executeTakeFirst();
      if (insertId % 1000n === 0n) await db.deleteFrom('audit').where('id', '<=', Number(insertId) - maximumEntries).execute();
    },
    async list({ tenantId, limit }) {
      let query = db.selectFrom('audit').selectAll().orderBy('id', 'desc').limit(limit);
      if (tenantId !== undefined) query = query.where('tenant_id', '=', tenantId);
      return (await query.execute()).map((row) => ({
        at: row.at,
        actor: row.actor,
        actorName: row.actor_name,
        address: row.address,
        action: row.action,
        ...(row.tenant_id === null ? {} : { tenantId: row.tenant_id }),
        ...(row.object === null ? {} : { object: row.object }),
        ...(row.change === null ? {} : { change: JSON.parse(row.change) as unknown }),
      }));
    },
  };
}
