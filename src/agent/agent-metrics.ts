import { Counter, Gauge, Registry } from 'prom-client';
import type { AgentStatus } from './agent-status.ts';

/** Prometheus metrics of an agent, `hybridge_agent_…`, read from its status when they are asked for. */
export function createAgentMetrics(status: () => AgentStatus): Registry {
  const registry = new Registry();
  const gauge = (name: string, help: string, read: (status: AgentStatus) => number): void => {
    void new Gauge({
      name,
      help,
      registers: [registry],
      collect() {
        this.set(read(status()));
      },
    });
  };
  const counter = (name: string, help: string, read: (status: AgentStatus) => number): void => {
    void new Counter({
      name,
      help,
      registers: [registry],
      collect() {
        this.reset();
        this.inc(read(status()));
      },
    });
  };
  gauge('hybridge_agent_links', 'Links with the relay that are up.', ({ links }) => links.filter((link) => link.state === 'up').length);
  counter('hybridge_agent_requests_total', 'Requests forwarded.', ({ counters }) => counters.requests);
  counter('hybridge_agent_errors_total', 'Requests that ended in an error of 500 or above, or were refused.', ({ counters }) => counters.errors);
  counter('hybridge_agent_received_bytes_total', 'Bytes of requests.', ({ counters }) => counters.bytesReceived);
  counter('hybridge_agent_sent_bytes_total', 'Bytes of answers.', ({ counters }) => counters.bytesSent);
  gauge('hybridge_agent_connections', 'Client connections in work.', ({ counters }) => counters.activeConnections);
  gauge('hybridge_agent_targets_healthy', 'Targets that accept connections.', ({ targets }) => targets.filter((target) => target.healthy).length);
  gauge('hybridge_agent_targets', 'Targets of all applications.', ({ targets }) => targets.length);
  gauge('hybridge_agent_problems', 'Problems that `hybridge agent status` shows; alert above 0.', ({ problems }) => problems.length);
  gauge('hybridge_agent_certificate_expiry_seconds', 'When the certificate of the agent expires, seconds since 1970.', ({ certificateExpiresAt }) => certificateExpiresAt / 1000);
  return registry;
}
