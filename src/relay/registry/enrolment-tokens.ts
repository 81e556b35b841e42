import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../foundation/index.ts';
import { RelayError } from '../relay-error.ts';
import type { RegistrySchema } from './registry-schema.ts';

export interface EnrolmentToken {
  id: string;
  tenantId: string;
  /** Epoch milliseconds. */
  expiresAt: number;
  usedAt?: number;
  /** The agent that it made. */
  agentId?: string;
}

/** One-time permissions to enrol an agent for a tenant. The token itself is shown once and only its hash is kept. */
export interface EnrolmentTokens {
  issue(tenantId: string, lifetimeMs: number): Promise<EnrolmentToken & { token: string }>;
  list(tenantId: string): Promise<readonly EnrolmentToken[]>;
  /** Those that can still be used. */
  countOpen(tenantId: string): Promise<number>;
  /** @throws RelayError `RELAY_ENROLMENT_TOKEN_UNKNOWN` */
  get(id: string): Promise<EnrolmentToken>;
  remove(id: string): Promise<void>;
  /** @throws RelayError `RELAY_ENROLMENT_TOKEN_UNKNOWN`, `_USED` or `_EXPIRED` */
  check(token: string): Promise<EnrolmentToken>;
  /** Marks a token as used, for good. Of two that try at once, one wins. Same errors as `check`. */
  redeem(token: string, agentId: string): Promise<EnrolmentToken>;
}

export function createEnrolmentTokens(db: Kysely<RegistrySchema>, clock: Clock): EnrolmentTokens {
  const check = async (token: string): Promise<EnrolmentToken> => {
    const row = await db.selectFrom('enrolment_token').selectAll().where('hash', '=', hashOf(token)).executeTakeFirst();
    if (row === undefined) {
      throw new RelayError('RELAY_ENROLMENT_TOKEN_UNKNOWN', 'The relay does not know this enrolment token.', { remedy: 'Copy the whole token, or have a new one issued.' });
    }
    if (row.used_at !== null) {
      throw new RelayError('RELAY_ENROLMENT_TOKEN_USED', 'This enrolment token has already been used.', { facts: { tokenId: row.id, agentId: row.agent_id }, remedy: 'Have a new token issued; each enrols one agent.' });
    }
    if (row.expires_at <= clock.now()) {
      throw new RelayError('RELAY_ENROLMENT_TOKEN_EXPIRED', 'This enrolment token has expired.', { facts: { tokenId: row.id, expiresAt: row.expires_at }, remedy: 'Have a new token issued.' });
    }
    return tokenOf(row);
  };
  return {
    async issue(tenantId, lifetimeMs) {
      const token = `hbenrol_${randomBytes(32).toString('base64url')}`;
      const row = { id: randomUUID(), tenant_id: tenantId, hash: hashOf(token), created_at: clock.now(), expires_at: clock.now() + lifetimeMs, used_at: null, agent_id: null };
      await db.insertInto('enrolment_token').values(row).execute();
      return { ...tokenOf(row), token };
    },
    async list(tenantId) {
      const rows = await db.selectFrom('enrolment_token').selectAll().where('tenant_id', '=', tenantId).orderBy('created_at').execute();
      return rows.map(tokenOf);
    },
    async countOpen(tenantId) {
      const { open } = await db.selectFrom('enrolment_token').select((e) => e.fn.countAll<number>().as('open')).where('tenant_id', '=', tenantId).where('used_at', 'is', null).where('expires_at', '>', clock.now()).executeTakeFirstOrThrow();
      return open;
    },
    async get(id) {
      const row = await db.selectFrom('enrolment_token').selectAll().where('id', '=', id).executeTakeFirst();
      if (row === undefined) throw unknownToken(id);
      return tokenOf(row);
    },
    async remove(id) {
      await db.deleteFrom('enrolment_token').where('id', '=', id).execute();
    },
    check,
    async redeem(token, agentId) {
      const checked = await check(token);
      const { numUpdatedRows } = await db.updateTable('enrolment_token').set({ used_at: clock.now(), agent_id: agentId }).where('id', '=', checked.id).where('used_at', 'is', null).executeTakeFirst();
      if (numUpdatedRows === 0n) return check(token);
      return checked;
    },
  };
}

export function unknownToken(id: string): RelayError {
  return new RelayError('RELAY_ENROLMENT_TOKEN_UNKNOWN', 'There is no such enrolment token.', { facts: { status: 404, tokenId: id }, remedy: 'See hybridge relay token list.' });
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

function tokenOf(row: RegistrySchema['enrolment_token']): EnrolmentToken {
  return { id: row.id, tenantId: row.tenant_id, expiresAt: row.expires_at, ...(row.used_at === null ? {} : { usedAt: row.used_at }), ...(row.agent_id === null ? {} : { agentId: row.agent_id }) };
}
