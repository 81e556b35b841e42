import { createHash, timingSafeEqual } from 'node:crypto';
import { createServer } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createAdminHandler, listen, readJson, sendJson } from '../../foundation/index.ts';
import type { HttpRoute, Listener, Log } from '../../foundation/index.ts';
import type { ServerCertificate } from '../lab-certificates.ts';
import { LabError } from '../lab-error.ts';
import { conditionSchema } from './condition.ts';
import type { Conditions } from './open-conditions.ts';

export interface ConditionDoorOptions {
  conditions: Conditions;
  certificate: ServerCertificate;
  port: number;
  /** What callers bring: `Authorization: Bearer <key>`. */
  key: string;
  log: Log;
}

const bodyLimit = 64 * 1024;

/** The lab's own door, by which another process of its owner changes its world: `GET /conditions`, `PUT` and `DELETE /conditions/<id>`. */
export function startConditionDoor({ conditions, certificate, port, key, log }: ConditionDoorOptions): Promise<Listener> {
  const guarded = (handle: HttpRoute['handle']): HttpRoute['handle'] => (request, response, parameters) => {
    if (!isCaller(request, key)) throw new LabError('LAB_CONDITIONS_KEY', 'This door of the lab takes its owner’s key only.', { facts: { status: 401 } });
    return handle(request, response, parameters);
  };
  const routes: readonly HttpRoute[] = [
    { method: 'GET', path: '/conditions', handle: guarded((_, response) => sendJson(response, 200, conditions.list())) },
    {
      method: 'PUT',
      path: '/conditions/:id',
      handle: guarded(async (request, response, { id = '' }) => {
        const parsed = conditionSchema.safeParse(await readJson(request, bodyLimit));
        if (!parsed.success) throw new LabError('LAB_CONDITION_INVALID', `This is no condition: ${parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('; ')}`);
        await conditions.set(id, parsed.data);
        sendJson(response, 200, {});
      }),
    },
    {
      method: 'DELETE',
      path: '/conditions/:id',
      handle: guarded(async (_, response, { id = '' }) => {
        await conditions.remove(id);
        sendJson(response, 200, {});
      }),
    },
  ];
  return listen(createServer({ cert: certificate.certificate, key: certificate.privateKey, minVersion: 'TLSv1.2' }, createAdminHandler(routes, log)), { port });
}

function isCaller({ headers }: IncomingMessage, key: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${key}`));
}
