import type { HealthCheck } from '../../tunnel/index.ts';
import type { TargetPool } from './target-pool.ts';

const defaultCheck: HealthCheck = { intervalMs: 10_000, timeoutMs: 5_000 };

/**
 * Looks after targets: with a health check all of them, at its interval; without one only those that have failed, so
 * that they are used again once they work. Ends when the returned function is called.
 */
export function watchHealth(pools: readonly TargetPool[], check: HealthCheck | undefined): () => void {
  const { intervalMs, timeoutMs, path } = check ?? defaultCheck;
  const busy = new Set<TargetPool>();
  const look = (): void => {
    for (const pool of pools) {
      if (busy.has(pool) || (check === undefined && pool.healthy)) continue;
      busy.add(pool);
      void pool.probe(timeoutMs, path).finally(() => busy.delete(pool));
    }
  };
  if (check !== undefined) look();
  const timer = setInterval(look, intervalMs);
  return () => clearInterval(timer);
}
