import type { Clock } from '../../foundation/index.ts';

/** A user-context token is made for one request; eight hours is what Exchange's own were seen to live, none of ours needs it. */
const defaultLifetimeSeconds = 3600;

export interface UserContextTokenOptions {
  /** Proves the application; `createActorTokenSource` brings one. */
  actorToken: string;
  /** The calling application: what `nameid` of the actor token says, left of `@`. */
  applicationId: string;
  tenantId: string;
  /** `{application id}/{host}@{realm}`: the audience of the actor token. */
  audience: string;
  /** On whose behalf. */
  user: { smtp: string; upn: string; sip?: string };
  clock: Clock;
  /** Default 3,600. */
  lifetimeSeconds?: number;
}

/**
 * Wraps an actor token into the unsigned token that names a user ([MS-XOAUTH] §4.3): `alg: none`, three parts, the last
 * one empty. Its worth is that of the actor token inside: send it over TLS to the audience's host and nowhere else.
 */
export function createUserContextToken(options: UserContextTokenOptions): string {
  const { user, clock } = options;
  const now = Math.floor(clock.now() / 1000);
  const claims = {
    iss: `${options.applicationId}@${options.tenantId}`,
    aud: options.audience,
    nbf: now - 300,
    exp: now + (options.lifetimeSeconds ?? defaultLifetimeSeconds),
    nameid: user.upn,
    nii: 'urn:federation:MicrosoftOnline',
    smtp: user.smtp,
    upn: user.upn,
    ...(user.sip === undefined ? {} : { sip: user.sip }),
    actortoken: options.actorToken,
  };
  return `${encode({ typ: 'JWT', alg: 'none' })}.${encode(claims)}.`;
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
