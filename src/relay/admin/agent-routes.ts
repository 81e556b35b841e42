import { requestQuery, sendJson } from '../../foundation/index.ts';
import type { AgentRecord } from '../registry/agents.ts';
import type { AdminContext, AdminRoute } from './admin-context.ts';
import type { AgentView } from './relay-views.ts';

export function agentRoutes({ links, counters, clock }: AdminContext): AdminRoute[] {
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
      problems: [...(reported?.problems ?? [])],
    };
  };
  return [
    { method: 'GET', path: '/api/agents', handle: async ({ request, response, own }) => sendJson(response, 200, own.agents(await own.existingTenantFor(requestQuery(request).get('tenant'))).map(view)) },
    { method: 'GET', path: '/api/agents/:agent', handle: ({ response, parameters: { agent = '' }, own }) => sendJson(response, 200, view(own.agent(agent))) },
    {
      method: 'DELETE',
      path: '/api/agents/:agent',
      async handle({ response, parameters: { agent = '' }, own }) {
        await own.revokeAgent(agent);
        sendJson(response, 200, {});
      },
    },
  ];
}
