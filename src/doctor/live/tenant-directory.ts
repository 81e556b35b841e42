import type { CmdletInvocation } from '../../management/index.ts';
import { sessionOf, text, texts } from './probe.ts';
import type { FreeBusyCase } from './free-busy-case.ts';

type Given = Pick<FreeBusyCase, 'sessions'>;

/** An application's principal, or the application itself, with the certificates that it has in the tenant. */
export interface TenantApplication {
  /** Id of the object, which `Update-Mg…` takes. */
  id: string;
  appId: string;
  displayName: string;
  servicePrincipalNames: readonly string[];
  /** Base64 DER. */
  keys: readonly string[];
}

// Microsoft Graph gives the bytes of certificates only to those who select them.
const Property = ['Id', 'AppId', 'DisplayName', 'ServicePrincipalNames', 'KeyCredentials'];

/** The principal of an application in the tenant; undefined where it has none. */
export async function principalOf(given: Given, appId: string): Promise<TenantApplication | undefined> {
  const [found] = await sessionOf(given, 'Tenant').invoke('Get-MgServicePrincipal', { Filter: `appId eq '${appId}'`, Property });
  return found === undefined ? undefined : applicationOf(found);
}

/** The applications that the tenant registered itself and whose name begins so. */
export async function applicationsNamed(given: Given, prefix: string): Promise<readonly TenantApplication[]> {
  const found = await sessionOf(given, 'Tenant').invoke('Get-MgApplication', { Filter: `startswith(displayName,'${prefix}')`, Property: Property.filter((name) => name !== 'ServicePrincipalNames') });
  return found.map(applicationOf);
}

function applicationOf(found: Record<string, unknown>): TenantApplication {
  const credentials = Array.isArray(found['KeyCredentials']) ? (found['KeyCredentials'] as Record<string, unknown>[]) : [];
  return { id: text(found, 'Id'), appId: text(found, 'AppId'), displayName: text(found, 'DisplayName'), servicePrincipalNames: texts(found, 'ServicePrincipalNames'), keys: credentials.map((credential) => text(credential, 'Key')).filter((key) => key !== '') };
}

/** Gives a principal, or an application, these certificates and no others: the whole list is written each time. */
export function setKeys(what: 'ServicePrincipal' | 'Application', { id }: TenantApplication, keys: readonly string[]): CmdletInvocation[] {
  return [{ session: 'Tenant', cmdlet: `Update-Mg${what}`, parameters: { [`${what}Id`]: id, KeyCredentials: keys.map((Key) => ({ Type: 'AsymmetricX509Cert', Usage: 'Verify', Key })) } }];
}

/** Gives a person of the tenant another name to sign in with. */
export function renameUser(UserId: string, UserPrincipalName: string): CmdletInvocation {
  return { session: 'Tenant', cmdlet: 'Update-MgUser', parameters: { UserId, UserPrincipalName } };
}
