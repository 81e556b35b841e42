import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import type { Clock, HttpRoute, Log } from '../../foundation/index.ts';
import { readJson } from '../../foundation/index.ts';
import type { LinkDirectory } from '../links/link-directory.ts';
import type { Registry } from '../registry/open-registry.ts';
import { RelayError } from '../relay-error.ts';
import type { Caller, CallerOf } from './caller.ts';
import type { OwnRegistry } from './own-registry.ts';
import { createOwnRegistry } from './own-registry.ts';
import type { TrafficCounters } from './traffic-counters.ts';

export interface AdminContext {
  registry: Registry;
  links: LinkDirectory;
  counters: TrafficCounters;
  clock: Clock;
  log: Log;
  /** The external addresses of an application, the preferred one first. */
  externalUrls: (applicationId: string) => readonly string[];
}

/** One call of the admin API by somebody who was let in. */
export interface AdminCall {
  request: IncomingMessage;
  response: ServerResponse;
  parameters: Readonly<Record<string, string>>;
  caller: Caller;
  /** The registry as far as the caller may see and change it: routes have no other. */
  own: OwnRegistry;
}

export interface AdminRoute {
  method: HttpRoute['method'];
  path: string;
  handle: (call: AdminCall) => Promise<void> | void;
}

/** Lets callers in by their key, shows each its own part of the registry, and has changes noted in the audit. */
export function guardRoutes(routes: readonly AdminRoute[], callerOf: CallerOf, { registry, log }: AdminContext): HttpRoute[] {
  return routes.map(({ method, path, handle }) => ({
    method,
    path,
    async handle(request, response, parameters) {
      const caller = callerOf(request);
      if (method !== 'GET' && !caller.mayChange) throw new RelayError('RELAY_ADMIN_ROLE', 'This key may look, and change nothing.', { facts: { actor: caller.id }, remedy: 'Use a key of the role administrator.' });
      const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
      await handle({ request, response, parameters, caller, own: createOwnRegistry(registry, caller, { address, log }) });
    },
  }));
}

/** Reads and checks the JSON of a request. @throws RelayError `RELAY_OPTION_INVALID` */
export async function readOptions<Value>(request: IncomingMessage, schema: z.ZodType<Value>): Promise<Value> {
  const parsed = schema.safeParse(await readJson(request));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new RelayError('RELAY_OPTION_INVALID', `The request is not valid: ${issues.join('; ')}.`, { facts: { issues } });
}
