import { applicationNotFound, tenantNotFound } from '../aadsts-errors.ts';
import { resolveAccess } from '../access-policy.ts';
import { createDeviceCode, deviceCodeSeconds, pollingSeconds, showUserCode } from '../device-codes.ts';
import { openTenants } from '../grant-token.ts';
import { findClient } from '../identify-client.ts';
import { readRequestedAccess } from '../requested-access.ts';
import type { StsContext } from '../sts-context.ts';
import { findTenant } from '../tenants.ts';
import { requiredParameter } from '../token-request.ts';
import type { TokenRequest } from '../token-request.ts';

/**
 * Answers a device authorization request (RFC 8628 §3.2). Version 1 names the address `verification_url` and writes
 * numbers as texts. The message is what MSAL's clients print.
 *
 * @throws AadstsError
 */
export async function authorizeDevice(context: StsContext, request: TokenRequest): Promise<Readonly<Record<string, string | number>>> {
  const endpoint = request.endpoint === 'v1' ? 'v1' : 'v2';
  const clientId = requiredParameter(request, 'client_id').toLowerCase();
  const access = readRequestedAccess(endpoint, request.parameters);
  const tenant = await tenantOf(context, request.tenantName);
  if (tenant === undefined) await checkKnown(context, clientId);
  else await resolveAccess(context, tenant, await findClient(context, tenant, clientId), access);
  const { deviceCode, userCode } = await createDeviceCode(context, { tenantId: tenant?.id ?? null, clientId, access });
  const address = `${context.publicUrl}/devicelogin`;
  const shown = showUserCode(userCode);
  const message = `To sign in, use a web browser to open the page ${address} and enter the code ${shown} to authenticate.`;
  if (endpoint === 'v1') {
    return { user_code: shown, device_code: deviceCode, verification_url: address, expires_in: String(deviceCodeSeconds), interval: String(pollingSeconds), message };
  }
  return { user_code: shown, device_code: deviceCode, verification_uri: address, expires_in: deviceCodeSeconds, interval: pollingSeconds, message };
}

async function tenantOf(context: StsContext, name: string): ReturnType<typeof findTenant> {
  if (openTenants.has(name.toLowerCase())) return undefined;
  const tenant = await findTenant(context, name);
  if (tenant === undefined) throw tenantNotFound(name);
  return tenant;
}

/** At `common` the application must be registered in some tenant; whose, the sign-in tells. */
async function checkKnown({ db }: StsContext, clientId: string): Promise<void> {
  const row = await db.selectFrom('servicePrincipal').select('appId').where('appId', '=', clientId).where('enabled', '=', 1).executeTakeFirst();
  if (row === undefined) throw applicationNotFound(clientId, 'common');
}
