import type { CredentialValue } from '../../binding/parameter-definition.ts';
import { ManagementError } from '../../management-error.ts';
import type { ExchangeContext } from '../exchange-context.ts';

/** @throws ManagementError `MANAGEMENT_REMOTE_FAILED` where the other side's move proxy does not take these credentials */
export async function requireMoveProxy(context: ExchangeContext, remoteServer: string, credentials: CredentialValue): Promise<void> {
  const result = await context.webServer.testMoveProxy({ remoteServer, credentials });
  if (result.isSuccess) return;
  throw new ManagementError('MANAGEMENT_REMOTE_FAILED', `${result.message} ${result.detail}`, {
    facts: { url: result.url, detail: result.detail },
    remedy: '403: Set-WebServicesVirtualDirectory -MRSProxyEnabled $true, then the rights with Add-ADPermission. 401: an administrator of that organization, as DOMAIN\\name. -SkipVerification leaves the test out.',
  });
}
