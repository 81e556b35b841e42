import { BlockList, isIP, isIPv4, isIPv6 } from 'node:net';
import { resolveResource } from './resolve-resource.ts';
import { findServicePrincipalRow, readList } from './service-principals.ts';
import type { ServicePrincipalRow } from './service-principals.ts';
import { blockedByConditionalAccess, secondFactorNotEnrolled, secondFactorRequired } from './sign-in-errors.ts';
import { hasAuthenticator } from './authenticators.ts';
import type { RequestedAccess } from './requested-access.ts';
import type { StsContext } from './sts-context.ts';
import type { StsTenant } from './sts-types.ts';

/** Where a check happens: at the sign-in page a refusal goes back by redirect, and some names differ. */
export type AccessStep = 'authorize' | 'token';

/** What an application asked for, found in the directory. */
export interface GrantedAccess {
  audience: string;
  /** The application that stands for the audience. */
  application: ServicePrincipalRow;
}

/**
 * Finds the resource.
 *
 * @throws AadstsError 500011
 */
export async function resolveAccess(context: StsContext, tenant: StsTenant, client: ServicePrincipalRow, access: RequestedAccess): Promise<GrantedAccess> {
  if (access.resource === undefined) return { audience: client.appId, application: client };
  const { audience, appId } = await resolveResource(context, tenant, access.resource);
  return { audience, application: (await findServicePrincipalRow(context, tenant.id, appId)) ?? client };
}

/** True when client or resource asks for a second factor. */
export function needsSecondFactor(client: ServicePrincipalRow, application: ServicePrincipalRow): boolean {
  return client.requiresMultiFactor === 1 || application.requiresMultiFactor === 1;
}

/**
 * Refuses a grant whose sign-in had no second factor where one is needed.
 *
 * @throws AadstsError 50076, or 50079 when the person has no authenticator
 */
export async function checkSecondFactor(context: StsContext, userId: string, methods: string, client: ServicePrincipalRow, application: ServicePrincipalRow): Promise<void> {
  if (!needsSecondFactor(client, application) || methods.split(' ').includes('mfa')) return;
  throw (await hasAuthenticator(context, userId)) ? secondFactorRequired(application.appId) : secondFactorNotEnrolled(application.appId);
}

/**
 * Refuses an address outside the networks that client and resource allow. The address is that of the connection: behind
 * a proxy it is the proxy's.
 *
 * @throws AadstsError 53003
 */
export function checkNetworks(clientAddress: string, client: ServicePrincipalRow, application: ServicePrincipalRow, step: AccessStep): void {
  for (const principal of new Set([client, application])) {
    const networks = readList(principal.allowedNetworks);
    if (networks.length > 0 && !isInNetworks(clientAddress, networks)) throw blockedByConditionalAccess(`${clientAddress} is in no network that ${principal.appId} allows`, step);
  }
}

/** True for `address/prefix`, or an address alone. */
export function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  if (rest.length > 0 || isIP(address) === 0 || address.includes('%')) return false;
  return prefix === undefined || (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (isIPv4(address) ? 32 : 128));
}

/** IPv4 addresses in IPv6 clothes (`::ffff:192.0.2.1`), as sockets report them, count as IPv4. */
export function isInNetworks(clientAddress: string, networks: readonly string[]): boolean {
  const address = clientAddress.replace(/^::ffff:(?=\d+\.)/i, '');
  if (isIP(address) === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', prefix] = network.split('/');
    const family = isIPv6(base) ? 'ipv6' : 'ipv4';
    list.addSubnet(base, prefix === undefined ? (family === 'ipv6' ? 128 : 32) : Number(prefix), family);
  }
  return list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
