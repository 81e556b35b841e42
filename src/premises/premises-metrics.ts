import { Counter, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';

export interface PremisesMetrics {
  requestFinished(virtualDirectory: string, status: number, seconds: number): void;
}

/** `hybridge_http_requests_total` and `hybridge_http_request_duration_seconds`, by virtual directory. */
export function createPremisesMetrics(registry: Registry): PremisesMetrics {
  const requests = new Counter({ name: 'hybridge_http_requests_total', help: 'Requests answered.', labelNames: ['vdir', 'status'], registers: [registry] });
  const duration = new Histogram({
    name: 'hybridge_http_request_duration_seconds',
    help: 'Time from request head to last byte of the answer.',
    labelNames: ['vdir'],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    registers: [registry],
  });
  return {
    requestFinished(virtualDirectory, status, seconds) {
      requests.inc({ vdir: virtualDirectory, status });
      duration.observe({ vdir: virtualDirectory }, seconds);
    },
  };
}
