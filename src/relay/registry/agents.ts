import type { Kysely } from 'kysely';
import type { Clock } from '../../foundation/index.ts';
import { RelayError } from '../relay-error.ts';
import type { RegistrySchema } from './registry-schema.ts';

/** An enrolled agent. Times are epoch milliseconds. */
export interface AgentRecord {
  id: string;
  tenantId: string;
  machineName: string;
  externalIp?: string;
  version: string;
  enrolledAt: number;
  certificateExpiresAt: number;
  lastSeenAt?: number;
  revokedAt?: number;
}

export interface Agents {
  get(id: string): AgentRecord | undefined;
  list(tenantId?: string): readonly AgentRecord[];
  add(agent: AgentRecord): Promise<void>;
  update(id: string, changes: Partial<Pick<AgentRecord, 'machineName' | 'externalIp' | 'version' | 'lastSeenAt' | 'certificateExpiresAt'>>): Promise<void>;
  /** Takes an agent's permission away, for good. Its links are ended by whoever listens. @throws RelayError `RELAY_AGENT_UNKNOWN` */
  revoke(id: string): Promise<void>;
  onRevoked(listener: (agentId: string) => void): void;
  /** Drops a removed tenant's agents from memory, and their links with them. */
  forgetTenant(tenantId: string): void;
}

export async function openAgents(db: Kysely<RegistrySchema>, clock: Clock): Promise<Agents> {
  const agents = new Map<string, AgentRecord>();
  const listeners: ((agentId: string) => void)[] = [];
  for (const row of await db.selectFrom('agent').selectAll().execute()) agents.set(row.id, recordOf(row));
  const known = (id: string): AgentRecord => {
    const agent = agents.get(id);
    if (agent === undefined) throw new RelayError('RELAY_AGENT_UNKNOWN', 'There is no such agent.', { facts: { agentId: id } });
    return agent;
  };
  const announce = (id: string): void => {
    for (const listener of listeners) listener(id);
  };
  return {
    get: (id) => agents.get(id),
    list: (tenantId) => [...agents.values()].filter((agent) => tenantId === undefined || agent.tenantId === tenantId),
    async add(agent) {
      await db.insertInto('agent').values(rowOf(agent)).execute();
      agents.set(agent.id, agent);
    },
    async update(id, changes) {
      const before = agents.get(id);
      if (before === undefined) return;
      const agent = { ...before, ...changes };
      agents.set(id, agent);
      await db.updateTable('agent').set(rowOf(agent)).where('id', '=', id).execute();
    },
    async revoke(id) {
      const agent = { ...known(id), revokedAt: clock.now() };
      agents.set(id, agent);
      announce(id);
      await db.updateTable('agent').set({ revoked_at: agent.revokedAt }).where('id', '=', id).execute();
    },
    onRevoked(listener) {
      listeners.push(listener);
    },
    forgetTenant(tenantId) {
      for (const agent of agents.values()) {
        if (agent.tenantId !== tenantId) continue;
        agents.delete(agent.id);
        announce(agent.id);
      }
    },
  };
}

function recordOf(row: RegistrySchema['agent']): AgentRecord {
  return {
    id: row.id,
    tenantId: row.tenant_id,
    machineName: row.machine_name,
    version: row.version,
    enrolledAt: row.enrolled_at,
    certificateExpiresAt: row.certificate_expires_at,
    ...(row.external_ip === null ? {} : { externalIp: row.external_ip }),
    ...(row.last_seen_at === null ? {} : { lastSeenAt: row.last_seen_at }),
    ...(row.revoked_at === null ? {} : { revokedAt: row.revoked_at }),
  };
}

function rowOf(agent: AgentRecord): RegistrySchema['agent'] {
  return {
    id: agent.id,
    tenant_id: agent.tenantId,
    machine_name: agent.machineName,
    external_ip: agent.externalIp ?? null,
    version: agent.version,
    enrolled_at: agent.enrolledAt,
    certificate_expires_at: agent.certificateExpiresAt,
    last_seen_at: agent.lastSeenAt ?? null,
    revoked_at: agent.revokedAt ?? null,
  };
}
