import type { AgentLink } from './agent-link.ts';
import { hasRoom } from './agent-link.ts';

/** The links that are up, by tenant. */
export interface LinkDirectory {
  add(link: AgentLink): void;
  remove(link: AgentLink): void;
  /** The least busy available link of a tenant, or why there is none. Equal ones take turns. */
  pick(tenantId: string, excluded: ReadonlySet<string>): AgentLink | 'RELAY_NO_AGENT' | 'RELAY_AGENT_BUSY';
  ofTenant(tenantId: string): readonly AgentLink[];
  ofAgent(agentId: string): readonly AgentLink[];
  all(): readonly AgentLink[];
}

export function createLinkDirectory(): LinkDirectory {
  const byTenant = new Map<string, AgentLink[]>();
  let turn = 0;
  const ofTenant = (tenantId: string): readonly AgentLink[] => byTenant.get(tenantId) ?? [];
  const all = (): AgentLink[] => [...byTenant.values()].flat();
  return {
    add(link) {
      const links = byTenant.get(link.tenantId);
      if (links === undefined) byTenant.set(link.tenantId, [link]);
      else links.push(link);
    },
    remove(link) {
      const left = ofTenant(link.tenantId).filter((other) => other !== link);
      if (left.length === 0) byTenant.delete(link.tenantId);
      else byTenant.set(link.tenantId, left);
    },
    pick(tenantId, excluded) {
      const links = ofTenant(tenantId);
      let best: AgentLink | undefined;
      let busy = false;
      turn = (turn + 1) % 1_000_003;
      for (let step = 0; step < links.length; step += 1) {
        const link = links[(turn + step) % links.length];
        if (link === undefined || !link.available || excluded.has(link.agentId)) continue;
        if (!hasRoom(link)) busy = true;
        else if (best === undefined || link.activeStreams < best.activeStreams) best = link;
      }
      return best ?? (busy ? 'RELAY_AGENT_BUSY' : 'RELAY_NO_AGENT');
    },
    ofTenant,
    ofAgent: (agentId) => all().filter((link) => link.agentId === agentId),
    all,
  };
}
