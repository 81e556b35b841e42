import { invalidScope, missingParameter } from './aadsts-errors.ts';

/** What a person's application asks for. */
export interface RequestedAccess {
  /** The resource as the request names it. None: the sign-in alone; the access token is then for the application itself. */
  resource: string | undefined;
  /** Scopes without their resource: those of OpenID Connect and OAuth, then permissions of the resource. */
  scopes: readonly string[];
}

/** Scopes of OpenID Connect and OAuth that name no resource. */
const protocolScopes = new Set(['openid', 'profile', 'email', 'offline_access']);

/**
 * Permissions of a resource that people's tokens carry: what Exchange's resources are asked for. `.default` means all of
 * them that were consented to, which is `user_impersonation`.
 */
const permissions = new Map([
  ['.default', 'user_impersonation'],
  ['user_impersonation', 'user_impersonation'],
  ['ews.accessasuser.all', 'EWS.AccessAsUser.All'],
]);

/**
 * Reads what is asked for: version 1 has `resource`, and always signs in and gives a refresh token; version 2 has
 * `scope`, with at most one resource in it.
 *
 * @throws AadstsError 900144, 70011
 */
export function readRequestedAccess(endpoint: 'v1' | 'v2', parameters: ReadonlyMap<string, string>): RequestedAccess {
  if (endpoint === 'v1') return { resource: parameters.get('resource') || undefined, scopes: ['openid', 'profile', 'offline_access', 'user_impersonation'] };
  const asked = (parameters.get('scope') ?? '').split(' ').filter((scope) => scope !== '');
  if (asked.length === 0) throw missingParameter('scope');
  const ofProtocol = asked.filter((scope) => protocolScopes.has(scope));
  const ofResource = asked.filter((scope) => !protocolScopes.has(scope)).map(splitScope);
  const resources = new Set(ofResource.map(({ resource }) => resource));
  if (resources.size > 1) throw invalidScope(asked.join(' '));
  return { resource: ofResource[0]?.resource, scopes: [...new Set([...ofProtocol, ...ofResource.map(({ permission }) => permission)])] };
}

/** `https://mail.contoso.test/.default` → the part before the last slash, and the permission. */
function splitScope(scope: string): { resource: string; permission: string } {
  const at = scope.lastIndexOf('/');
  const permission = scope.slice(at + 1);
  if (at <= 0 || !permissions.has(permission.toLowerCase())) throw invalidScope(scope);
  return { resource: scope.slice(0, at), permission };
}

/** The `scp` claim. */
export function scopeClaim(access: RequestedAccess): string {
  const granted = access.scopes.flatMap((scope) => permissions.get(scope.toLowerCase()) ?? []);
  return [...new Set(['user_impersonation', ...granted])].join(' ');
}

/**
 * The `scope` member of an answer. Version 2 names everything asked for, `.default` too: MSAL looks its cache up by what
 * it asked for.
 */
export function scopeAnswer(endpoint: 'v1' | 'v2', access: RequestedAccess): string {
  if (endpoint === 'v1') return scopeClaim(access);
  const own = access.scopes.filter((scope) => protocolScopes.has(scope));
  if (access.resource === undefined) return own.join(' ');
  const asked = access.scopes.filter((scope) => !protocolScopes.has(scope));
  return [...own, ...new Set([...asked, ...scopeClaim(access).split(' ')])].map((scope) => (protocolScopes.has(scope) ? scope : `${access.resource}/${scope}`)).join(' ');
}

/** For the store. */
export function accessColumns(access: RequestedAccess): { resource: string | null; scope: string } {
  return { resource: access.resource ?? null, scope: access.scopes.join(' ') };
}

export function storedAccess(row: { resource: string | null; scope: string }): RequestedAccess {
  return { resource: row.resource ?? undefined, scopes: row.scope.split(' ').filter((scope) => scope !== '') };
}
