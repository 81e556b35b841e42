import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { z } from 'zod';
import type { Clock, HttpHandler, HttpRoute } from '../../foundation/index.ts';
import { readJson } from '../../foundation/index.ts';
import type { LinkDirectory } from '../links/link-directory.ts';
import type { Registry } from '../registry/open-registry.ts';
import { RelayError } from '../relay-error.ts';
import type { TrafficCounters } from './traffic-counters.ts';

export interface AdminContext {
  registry: Registry;
  links: LinkDirectory;
  counters: TrafficCounters;
  clock: Clock;
  /** The external addresses of an application, the preferred one first. */
  externalUrls: (applicationId: string) => readonly string[];
}

/** Lets only bearers of the admin key through. Compares digests, so that time tells nothing about the key. */
export function guardRoutes(routes: readonly HttpRoute[], key: string): HttpRoute[] {
  const expected = digest(key);
  const guard =
    (handle: HttpHandler): HttpHandler =>
    (request, response, parameters) => {
      const sent = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1];
      if (sent === undefined || !timingSafeEqual(digest(sent), expected)) {
        throw new RelayError('RELAY_ADMIN_KEY', 'The admin key is missing or wrong.', { remedy: 'Send the key of the relay as a bearer token.' });
      }
      return handle(request, response, parameters);
    };
  return routes.map((route) => ({ ...route, handle: async (request, response, parameters) => guard(route.handle)(request, response, parameters) }));
}

/** Reads and checks the JSON of a request. @throws RelayError `RELAY_OPTION_INVALID` */
export async function readOptions<Value>(request: IncomingMessage, schema: z.ZodType<Value>): Promise<Value> {
  const parsed = schema.safeParse(await readJson(request));
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new RelayError('RELAY_OPTION_INVALID', `The request is not valid: ${issues.join('; ')}.`, { facts: { issues } });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
