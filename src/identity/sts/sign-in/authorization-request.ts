import { applicationNotFound, malformedRequest, missingParameter, tenantNotFound } from '../aadsts-errors.ts';
import { readCodeChallenge } from '../code-challenge.ts';
import { openTenants } from '../grant-token.ts';
import { findClient } from '../identify-client.ts';
import { acceptsRedirectUri } from '../redirect-uris.ts';
import { readRequestedAccess } from '../requested-access.ts';
import type { RequestedAccess } from '../requested-access.ts';
import type { ServicePrincipalRow } from '../service-principals.ts';
import { redirectUriMismatch, unsupportedResponseType, unsupportedValue } from '../sign-in-errors.ts';
import type { StsContext } from '../sts-context.ts';
import type { StsTenant } from '../sts-types.ts';
import { findTenant } from '../tenants.ts';
import type { Purpose } from './purpose.ts';
import type { Session } from './sessions.ts';

export type AuthorizePurpose = Extract<Purpose, { kind: 'authorize' }>;

/** Where the answer goes, once that is known to be the application's own address. */
export interface AnswerAddress {
  redirectUri: string;
  state: string | undefined;
  mode: ResponseMode;
}

/** OAuth 2.0 Multiple Response Type Encoding Practices §2.1, and Form Post Response Mode. */
type ResponseMode = 'query' | 'fragment' | 'form_post';

/** The tenant and the application in it; no tenant as long as `common` leaves open whose person will sign in. */
export interface RequestParties {
  tenant: StsTenant | undefined;
  client: ServicePrincipalRow;
}

export interface AuthorizationRequest {
  access: RequestedAccess;
  codeChallenge: string | null;
  nonce: string | null;
  prompt: string | undefined;
  loginHint: string | undefined;
  /** Seconds. */
  maxAge: number | undefined;
}

/**
 * Finds tenant and client, and decides whether the address may be trusted. What goes wrong here is told on a page and
 * never sent to the address.
 *
 * @throws AadstsError 900144, 90002, 700016, 7000112, 50011
 */
export async function trustAddress(context: StsContext, purpose: AuthorizePurpose, session: Session | undefined): Promise<RequestParties & { address: AnswerAddress }> {
  const { parameters, tenantName } = purpose;
  const clientId = required(parameters, 'client_id');
  const redirectUri = required(parameters, 'redirect_uri');
  const address: AnswerAddress = { redirectUri, state: parameters.get('state'), mode: readMode(parameters.get('response_mode')) ?? 'query' };
  const tenant = await tenantOfRequest(context, tenantName, parameters.get('login_hint'), session);
  if (tenant === undefined) return { tenant, client: await anyClient(context, clientId, redirectUri), address };
  const client = await findClient(context, tenant, clientId);
  if (!acceptsRedirectUri(client, redirectUri)) throw redirectUriMismatch(redirectUri, clientId);
  return { tenant, client, address };
}

/**
 * Reads the rest of the request. What goes wrong from here on is the application's to know.
 *
 * @throws AadstsError 900144, 700054, 90023, 9002325, 50149, 501491, 70011
 */
export function readAuthorizationRequest({ endpoint, parameters }: AuthorizePurpose, client: ServicePrincipalRow): AuthorizationRequest {
  const responseType = required(parameters, 'response_type');
  if (responseType !== 'code') throw unsupportedResponseType(responseType);
  const mode = parameters.get('response_mode');
  if (mode !== undefined && mode !== '' && readMode(mode) === undefined) throw unsupportedValue('response_mode');
  const prompt = parameters.get('prompt') || undefined;
  if (!['none', 'login', 'select_account', 'consent', undefined].includes(prompt)) throw unsupportedValue('prompt');
  const maxAge = parameters.get('max_age') || undefined;
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) throw unsupportedValue('max_age');
  return {
    access: readRequestedAccess(endpoint, parameters),
    codeChallenge: readCodeChallenge(parameters, client.publicClient === 1),
    nonce: parameters.get('nonce') || null,
    prompt,
    loginHint: parameters.get('login_hint') || undefined,
    maxAge: maxAge === undefined ? undefined : Number(maxAge),
  };
}

function readMode(text: string | undefined): ResponseMode | undefined {
  return text === 'query' || text === 'fragment' || text === 'form_post' ? text : undefined;
}

function required(parameters: ReadonlyMap<string, string>, name: string): string {
  const value = parameters.get(name);
  if (value === undefined || value === '') throw missingParameter(name);
  if (value.length > 4000) throw malformedRequest(`${name} too long`);
  return value;
}

/** A named tenant, or at `common` that of the hint or of who is signed in. */
async function tenantOfRequest(context: StsContext, tenantName: string, loginHint: string | undefined, session: Session | undefined): Promise<StsTenant | undefined> {
  if (!openTenants.has(tenantName.toLowerCase())) {
    const tenant = await findTenant(context, tenantName);
    if (tenant === undefined) throw tenantNotFound(tenantName);
    return tenant;
  }
  const domain = loginHint?.split('@')[1];
  const hinted = domain === undefined || domain === '' ? undefined : await findTenant(context, domain);
  if (hinted !== undefined) return hinted;
  return session === undefined ? undefined : findTenant(context, session.tenantId);
}

/** At `common` before anybody signed in: the application must be known, with that address, in some tenant. It is looked up again later. */
async function anyClient({ db }: StsContext, clientId: string, redirectUri: string): Promise<ServicePrincipalRow> {
  const rows = await db.selectFrom('servicePrincipal').selectAll().where('appId', '=', clientId.toLowerCase()).where('enabled', '=', 1).orderBy('createdAt').execute();
  if (rows.length === 0) throw applicationNotFound(clientId, 'common');
  const client = rows.find((row) => acceptsRedirectUri(row, redirectUri));
  if (client === undefined) throw redirectUriMismatch(redirectUri, clientId);
  return client;
}
