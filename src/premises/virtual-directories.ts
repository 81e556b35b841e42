import type { Organization, VirtualDirectory } from '../organization/index.ts';
import { cachedByVersion } from './cached-by-version.ts';

export type VirtualDirectoryName = 'EWS' | 'Autodiscover';

/** What a virtual directory lets people sign in with. */
export interface VirtualDirectoryMethods {
  basic: boolean;
  oauth: boolean;
  /** Offered only where the party speaks NTLM. */
  windows: boolean;
  extendedProtection: 'None' | 'Allow' | 'Require';
}

/** The paths that an organisation answers at, and the virtual directory that each belongs to. Compared without case, as IIS does. */
const directoryOfPath: ReadonlyMap<string, VirtualDirectoryName> = new Map([
  ['/ews/exchange.asmx', 'EWS'],
  ['/autodiscover/autodiscover.svc', 'Autodiscover'],
]);

/** The virtual directory that serves a path, if any does. */
export function virtualDirectoryOf(path: string): VirtualDirectoryName | undefined {
  return directoryOfPath.get(path.toLowerCase());
}

/**
 * The sign-in methods of this server's virtual directories, as their configuration objects say now. A directory without
 * an object takes nobody.
 */
export function virtualDirectoryMethods(organization: Organization, serverName: string): (name: VirtualDirectoryName) => Promise<VirtualDirectoryMethods> {
  const { configuration } = organization;
  const methods = cachedByVersion(configuration, async () => {
    const mine = (directory: { properties: { Server: string } }): boolean => directory.properties.Server.toLowerCase() === serverName.toLowerCase();
    const ews = (await configuration.list('WebServicesVirtualDirectory')).find(mine)?.properties;
    const autodiscover = (await configuration.list('AutodiscoverVirtualDirectory')).find(mine)?.properties;
    return { EWS: methodsOf(ews), Autodiscover: methodsOf(autodiscover) };
  });
  return async (name) => (await methods())[name];
}

function methodsOf(directory: VirtualDirectory | undefined): VirtualDirectoryMethods {
  return {
    basic: directory?.BasicAuthentication ?? false,
    oauth: directory?.OAuthAuthentication ?? false,
    windows: directory?.WindowsAuthentication ?? false,
    extendedProtection: directory?.ExtendedProtectionTokenChecking ?? 'None',
  };
}
