import type { HttpRoute } from '../../foundation/index.ts';
import { requestQuery, sendJson } from '../../foundation/index.ts';
import type { AgentRecord } from '../registry/agents.ts';
import { RelayError } from '../relay-error.ts';
import type { AdminContext } from './admin-context.ts';
import type { AgentView } from './relay-views.ts';

export function agentRoutes({ registry, links, counters, clock }: AdminContext): HttpRoute[] {
  const view = (agent: AgentRecord): AgentView => {
    const up = links.ofAgent(agent.id);
    const reported = up.find((link) => link.targets !== undefined);
    return {
      ...agent,
      ...(up.length === 0 ? {} : { lastSeenAt: clock.now() }),
      status: up.length === 0 ? 'inactive' : 'active',
      links: up.length,
      activeConnections: up.reduce((sum, link) => sum + link.activeStreams, 0),
      ...counters.of(agent.id),
      targets: [...(reported?.targets ?? [])],
    };
  };
  return [
    { method: 'GET', path: '/api/agents', handle: (request, response) => sendJson(response, 200, registry.agents.list(requestQuery(request).get('tenant') ?? undefined).map(view)) },
    {
      method: 'GET',
      path: '/api/agents/:agent',
      handle: (_, response, { agent = '' }) => {
        const found = registry.agents.get(agent);
        if (found === undefined) throw new RelayError('RELAY_AGENT_UNKNOWN', 'There is no such agent.', { facts: { agentId: agent } });
        sendJson(response, 200, view(found));
      },
    },
    {
      method: 'DELETE',
      path: '/api/agents/:agent',
      handle: async (_, response, { agent = '' }) => {
        await registry.agents.revoke(agent);
        sendJson(response, 200, {});
      },
    },
  ];
}
