import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { AdminKeys } from '../registry/admin-keys.ts';
import { RelayError } from '../relay-error.ts';

/** Who calls the admin API. */
export interface Caller {
  /** For the audit: `operator`, or the id of a tenant's key. */
  id: string;
  name: string;
  /** The tenant whose key it is; absent: the relay's operator. */
  tenantId?: string;
  mayChange: boolean;
  /** False once the key is revoked, replaced or over: what goes on for long asks again. */
  isStillGood: () => boolean;
}

/** Finds out who calls. @throws RelayError `RELAY_ADMIN_KEY` */
export type CallerOf = (request: IncomingMessage) => Caller;

/** @param operatorKey the operator's key; absent where only tenants' keys are good */
export function createCallers(keys: AdminKeys, operatorKey?: string): CallerOf {
  const operator = operatorKey === undefined ? undefined : digest(operatorKey);
  const callerOf = (secret: string): Caller | undefined => {
    // Compares digests, so that time tells nothing about the key.
    if (operator !== undefined && timingSafeEqual(digest(secret), operator)) return { id: 'operator', name: 'operator', mayChange: true, isStillGood: () => true };
    const key = keys.find(secret);
    return key === undefined ? undefined : { id: key.id, name: key.name, tenantId: key.tenantId, mayChange: key.role === 'administrator', isStillGood: () => keys.find(secret) !== undefined };
  };
  return (request) => {
    const secret = /^Bearer ([\x21-\x7e]+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const caller = secret === undefined ? undefined : callerOf(secret);
    if (caller === undefined) throw new RelayError('RELAY_ADMIN_KEY', 'The admin key is missing, wrong, or over.', { remedy: 'Send the key of the relay, or one of your tenant, as a bearer token.' });
    return caller;
  };
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
