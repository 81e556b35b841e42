import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createAgentMetrics } from './agent-metrics.ts';
import type { AgentStatus } from './agent-status.ts';

test('what only grows is a counter, and is read anew each time', async () => {
  const counters = { requests: 3, errors: 1, bytesReceived: 10, bytesSent: 20, activeConnections: 2 };
  const status: AgentStatus = { agentId: 'a', tenantId: 't', version: '1', relayUrl: 'https://relay.test', ready: true, links: [{ state: 'up' }, { state: 'waiting' }], targets: [], counters, certificateExpiresAt: 0, problems: [] };
  const metrics = createAgentMetrics(() => status);
  await metrics.metrics();
  counters.requests = 5;
  const text = await metrics.metrics();
  for (const line of ['# TYPE hybridge_agent_requests_total counter', 'hybridge_agent_requests_total 5', '# TYPE hybridge_agent_links gauge', 'hybridge_agent_links 1']) assert.ok(text.split('\n').includes(line), line);
  for (const [, name = '', type = ''] of text.matchAll(/^# TYPE (\S+) (\S+)$/gm)) assert.equal(type === 'counter', name.endsWith('_total'), name);
});
