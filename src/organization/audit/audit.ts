import { sql } from 'kysely';
import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../../foundation/index.ts';
import type { AuditSchema, AuditTable } from './audit-schema.ts';

/** What an administrator did. Values under names of secrets are masked before they are kept. */
export interface NewAuditEntry {
  /** Who ran it. */
  who: string;
  cmdlet: string;
  /** The object changed, by its identity. */
  object?: string;
  parameters: Readonly<Record<string, unknown>>;
  /** The object's properties. */
  before?: Readonly<Record<string, unknown>>;
  after?: Readonly<Record<string, unknown>>;
  succeeded: boolean;
  /** A stable error code, where it failed. */
  error?: string;
  requestId?: string;
}

export interface AuditEntry extends NewAuditEntry {
  id: number;
  /** Epoch milliseconds. */
  at: number;
}

export interface AuditQuery {
  /** Inclusive, epoch milliseconds. */
  from?: number;
  /** Exclusive. */
  to?: number;
  cmdlets?: readonly string[];
  who?: readonly string[];
  /** Objects that were changed, by their identity, in any case. */
  objects?: readonly string[];
  /** Parameters that were given, all of them, in any case. */
  parameters?: readonly string[];
  succeeded?: boolean;
  /** How many to pass over. */
  offset?: number;
  /** Default 1000. */
  limit?: number;
}

/** The record of changes: who, what, with which parameters, before and after, when. Entries are only ever added. */
export interface Audit {
  record(entry: NewAuditEntry): Promise<void>;
  /** Newest first. */
  search(query?: AuditQuery): Promise<AuditEntry[]>;
}

export function createAudit(db: Kysely<AuditSchema>, clock: Clock): Audit {
  return {
    async record(entry) {
      await db
        .insertInto('audit_entry')
        .values({
          at: clock.now(),
          who: entry.who,
          cmdlet: entry.cmdlet,
          cmdlet_key: entry.cmdlet.toLowerCase(),
          object: entry.object ?? null,
          parameters: maskedJson(entry.parameters),
          before: entry.before === undefined ? null : maskedJson(entry.before),
          after: entry.after === undefined ? null : maskedJson(entry.after),
          succeeded: entry.succeeded ? 1 : 0,
          error: entry.error ?? null,
          request_id: entry.requestId ?? null,
        })
        .execute();
    },
    async search(query = {}) {
      let select = db.selectFrom('audit_entry').selectAll().orderBy('id', 'desc').limit(query.limit ?? 1000);
      if (query.from !== undefined) select = select.where('at', '>=', query.from);
      if (query.to !== undefined) select = select.where('at', '<', query.to);
      if (query.cmdlets !== undefined) select = select.where('cmdlet_key', 'in', query.cmdlets.map((cmdlet) => cmdlet.toLowerCase()));
      if (query.who !== undefined) select = select.where('who', 'in', [...query.who]);
      if (query.objects !== undefined) select = select.where(sql`lower(object)`, 'in', query.objects.map((object) => object.toLowerCase()));
      for (const name of query.parameters ?? []) select = select.where(sql`lower(parameters)`, 'like', `%"${name.toLowerCase().replaceAll(/[^\w]/g, '')}":%`);
      if (query.succeeded !== undefined) select = select.where('succeeded', '=', query.succeeded ? 1 : 0);
      if (query.offset !== undefined) select = select.offset(query.offset);
      return (await select.execute()).map(toEntry);
    },
  };
}

/** Longer texts (certificates, mostly) are cut: the log is read by people. */
const longestText = 4096;
const secretName = /password|secret|private_?key|credential$|token$/i;

/** The second line of defence: callers mask what they know to be secret, and nothing under a telling name passes here. */
function maskedJson(value: Readonly<Record<string, unknown>>): string {
  return JSON.stringify(value, (name, inner: unknown) => {
    if (secretName.test(name) && inner !== null && inner !== '') return '[masked]';
    return typeof inner === 'string' && inner.length > longestText ? `${inner.slice(0, longestText)}… (${inner.length} characters)` : inner;
  });
}

function toEntry(row: Selectable<AuditTable>): AuditEntry {
  return {
    id: row.id,
    at: row.at,
    who: row.who,
    cmdlet: row.cmdlet,
    ...(row.object === null ? {} : { object: row.object }),
    parameters: JSON.parse(row.parameters) as Record<string, unknown>,
    ...(row.before === null ? {} : { before: JSON.parse(row.before) as Record<string, unknown> }),
    ...(row.after === null ? {} : { after: JSON.parse(row.after) as Record<string, unknown> }),
    succeeded: row.succeeded === 1,
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.request_id === null ? {} : { requestId: row.request_id }),
  };
}
