import { Counter, Gauge, Registry } from 'prom-client';

export interface RelayMetrics {
  registry: Registry;
  requests: Counter<'status'>;
  refusals: Counter<'code'>;
  bytes: Counter<'direction'>;
  connectionsRefused: Counter<'reason'>;
}

export interface RelayMetricsOptions {
  links: () => number;
  clientConnections: () => number;
  streams: () => number;
}

/** Prometheus metrics of a relay, `hybridge_relay_…`, in a registry of its own. */
export function createRelayMetrics(options: RelayMetricsOptions): RelayMetrics {
  const registry = new Registry();
  const registers = [registry];
  const gauge = (name: string, help: string, read: () => number): void => {
    void new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
  };
  gauge('hybridge_relay_links', 'Links with agents that are up.', options.links);
  gauge('hybridge_relay_client_connections', 'Client connections.', options.clientConnections);
  gauge('hybridge_relay_streams', 'Client connections that hold a stream to an agent.', options.streams);
  return {
    registry,
    requests: new Counter({ name: 'hybridge_relay_requests_total', help: 'Requests answered, by status.', labelNames: ['status'], registers }),
    refusals: new Counter({ name: 'hybridge_relay_refusals_total', help: 'Answers given by relay or agent instead of the target, by code.', labelNames: ['code'], registers }),
    bytes: new Counter({ name: 'hybridge_relay_bytes_total', help: 'Bytes of requests (received) and answers (sent), heads included.', labelNames: ['direction'], registers }),
    connectionsRefused: new Counter({ name: 'hybridge_relay_connections_refused_total', help: 'Client connections that were closed before TLS.', labelNames: ['reason'], registers }),
  };
}
