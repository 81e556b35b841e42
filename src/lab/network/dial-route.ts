import type { Socket } from 'node:net';
import { systemDial } from '../../foundation/index.ts';
import type { NetworkRoute } from './network-state.ts';

/** Nobody listens there, so that a refusal is the system's own. */
const closedPort = 1;
/** How long the system itself would knock at a door behind which packets are dropped. */
const silenceMs = 75_000;

/** Dials what a route says; failures have Node's own codes. */
export function dialRoute(route: NetworkRoute, host: string, signal?: AbortSignal): Promise<Socket> {
  if (route.kind === 'address') return systemDial(route.host, route.port, signal);
  if (route.kind === 'refused') return systemDial('127.0.0.1', closedPort, signal);
  if (route.kind === 'unresolved') return Promise.reject(Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo', hostname: host }));
  return new Promise((_, reject) => {
    const timedOut = (): void => reject(Object.assign(new Error(`connect ETIMEDOUT ${host}`), { code: 'ETIMEDOUT', syscall: 'connect' }));
    const timer = setTimeout(timedOut, silenceMs);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      timedOut();
    }, { once: true });
  });
}
