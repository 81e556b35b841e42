import { Counter, Gauge, Registry } from 'prom-client';

export interface RelayMetrics {
  registry: Registry;
  /** By status. */
  requests: Tally<number>;
  /** By code. */
  refusals: Tally<string>;
  bytes: Tally<'received' | 'sent'>;
  /** By reason. */
  connectionsRefused: Tally<string>;
}

/** Counts by one label. An addition is all that it costs until somebody asks. */
export interface Tally<Value extends string | number> {
  add(value: Value, count?: number): void;
}

export interface RelayMetricsOptions {
  links: () => number;
  clientConnections: () => number;
  streams: () => number;
  waiting: () => number;
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
  gauge('hybridge_relay_waiting', "Requests and handshakes that wait for their tenant's share or turn.", options.waiting);
  const tally = <Value extends string | number>(name: string, help: string, label: string): Tally<Value> => {
    const counts = new Map<Value, number>();
    void new Counter({
      name,
      help,
      labelNames: [label],
      registers,
      collect() {
        this.reset();
        for (const [value, count] of counts) this.inc({ [label]: String(value) }, count);
      },
    });
    return { add: (value, count = 1) => void counts.set(value, (counts.get(value) ?? 0) + count) };
  };
  return {
    registry,
    requests: tally('hybridge_relay_requests_total', 'Requests answered, by status.', 'status'),
    refusals: tally('hybridge_relay_refusals_total', 'Answers given by relay or agent instead of the target, by code.', 'code'),
    bytes: tally('hybridge_relay_bytes_total', 'Bytes of requests (received) and answers (sent), heads included.', 'direction'),
    connectionsRefused: tally('hybridge_relay_connections_refused_total', 'Client connections that were closed before TLS.', 'reason'),
  };
}
