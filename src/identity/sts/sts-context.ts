import type { Kysely } from 'kysely';
import type { Clock, Log } from '../../foundation/index.ts';
import type { PassThrough } from './ask-on-premises.ts';
import type { StsSchema } from './sts-schema.ts';

/** What every operation of the token service works with. */
export interface StsContext {
  db: Kysely<StsSchema>;
  clock: Clock;
  log: Log;
  /** Host name under which clients know the service, e.g. `login.cloud.test`. */
  hostName: string;
  /** `https://{host}[:port]`, no final slash: the base of everything that metadata points to. */
  publicUrl: string;
  /** scrypt's N for passwords and client secrets. */
  hashCost: number;
  passThrough: PassThrough;
  /** How the federation gateway looks TXT records up. Default: the system's resolver. */
  resolveText?: (name: string) => Promise<readonly (readonly string[])[]>;
}

/** Issuer of tokens for users and applications of a tenant, Azure AD's version 1 form: `https://{host}/{tenant id}/`. */
export function issuerOfTenant(context: StsContext, tenantId: string): string {
  return `${context.publicUrl}/${tenantId}/`;
}
