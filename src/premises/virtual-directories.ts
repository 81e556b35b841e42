import { isServiceDocument } from '../ews/index.ts';
import type { ServiceDocumentName } from '../ews/index.ts';
import type { MapiVirtualDirectory, OabVirtualDirectory, Organization, VirtualDirectory } from '../organization/index.ts';
import { cachedByVersion } from './cached-by-version.ts';
import type { SettingsVersion } from './settings-version.ts';

export type VirtualDirectoryName = 'EWS' | 'Autodiscover' | 'MAPI' | 'OAB' | 'ActiveSync';

/** What a virtual directory lets people sign in with. */
export interface VirtualDirectoryMethods {
  basic: boolean;
  oauth: boolean;
  /** Offered only where the party speaks NTLM. */
  windows: boolean;
  /** Delegation tokens, below the path at `/WSSecurity`. */
  wsSecurity: boolean;
  extendedProtection: 'None' | 'Allow' | 'Require';
}

/** A path of the public side. */
export interface ServedPath {
  directory: VirtualDirectoryName;
  /** False where people sign in as published, and are then told that nothing is served. */
  isServed: boolean;
  /** Plain-XML Autodiscover. */
  isPlainXml?: true;
  /** The path that takes delegation tokens and nothing else. */
  isDelegated?: true;
  /** A document that describes EWS to programs. */
  document?: ServiceDocumentName;
  /** The path that other organisations move mailboxes through. */
  isMoveProxy?: true;
}

/** The paths that an organisation answers at, and the virtual directory that each belongs to. Compared without case, as IIS does. */
const services: ReadonlyMap<string, VirtualDirectoryName> = new Map([
  ['/ews/exchange.asmx', 'EWS'],
  ['/autodiscover/autodiscover.svc', 'Autodiscover'],
]);

/** Where clients sign in, too, though what they would find is not built. */
const signInOnly: readonly (readonly [RegExp, VirtualDirectoryName])[] = [
  [/^\/mapi(?:\/|$)/, 'MAPI'],
  [/^\/oab(?:\/|$)/, 'OAB'],
  [/^\/microsoft-server-activesync(?:\/|$)/, 'ActiveSync'],
];

/** The virtual directory that a path belongs to, if any. */
export function virtualDirectoryOf(path: string): ServedPath | undefined {
  const lower = path.toLowerCase();
  const service = services.get(lower);
  if (service !== undefined) return { directory: service, isServed: true };
  if (lower === '/ews/mrsproxy.svc') return { directory: 'EWS', isServed: true, isMoveProxy: true };
  if (lower === '/autodiscover/autodiscover.xml') return { directory: 'Autodiscover', isServed: true, isPlainXml: true };
  const document = lower.startsWith('/ews/') ? lower.slice('/ews/'.length) : '';
  if (isServiceDocument(document)) return { directory: 'EWS', isServed: true, document };
  const delegated = services.get(lower.replace(/\/wssecurity\/?$/, ''));
  if (delegated !== undefined) return { directory: delegated, isServed: true, isDelegated: true };
  const known = signInOnly.find(([pattern]) => pattern.test(lower));
  return known === undefined ? undefined : { directory: known[1], isServed: false };
}

/**
 * The sign-in methods of this server's virtual directories, as their configuration objects say now. A directory without
 * an object takes nobody. ActiveSync has no OAuth switch of its own, as published: it takes tokens, and Basic.
 */
export function virtualDirectoryMethods(
  { configuration }: Organization,
  serverName: string,
  settings: Pick<SettingsVersion, 'version'> = configuration,
): (name: VirtualDirectoryName) => Promise<VirtualDirectoryMethods> {
  const methods = cachedByVersion(settings, async (): Promise<Record<VirtualDirectoryName, VirtualDirectoryMethods>> => {
    const mine = (directory: { properties: { Server: string } }): boolean => directory.properties.Server.toLowerCase() === serverName.toLowerCase();
    return {
      EWS: methodsOf((await configuration.list('WebServicesVirtualDirectory')).find(mine)?.properties),
      Autodiscover: methodsOf((await configuration.list('AutodiscoverVirtualDirectory')).find(mine)?.properties),
      MAPI: mapiMethods((await configuration.list('MapiVirtualDirectory')).find(mine)?.properties),
      OAB: methodsOf((await configuration.list('OabVirtualDirectory')).find(mine)?.properties),
      ActiveSync: { basic: true, oauth: true, windows: false, wsSecurity: false, extendedProtection: 'None' },
    };
  });
  return async (name) => (await methods())[name];
}

function methodsOf(directory: VirtualDirectory | OabVirtualDirectory | undefined): VirtualDirectoryMethods {
  return {
    basic: directory?.BasicAuthentication ?? false,
    oauth: directory?.OAuthAuthentication ?? false,
    windows: directory?.WindowsAuthentication ?? false,
    wsSecurity: directory !== undefined && 'WSSecurityAuthentication' in directory && directory.WSSecurityAuthentication,
    extendedProtection: directory?.ExtendedProtectionTokenChecking ?? 'None',
  };
}

function mapiMethods(directory: MapiVirtualDirectory | undefined): VirtualDirectoryMethods {
  const methods = directory?.IISAuthenticationMethods ?? [];
  return {
    basic: methods.includes('Basic'),
    oauth: methods.includes('OAuth'),
    windows: methods.includes('Ntlm') || methods.includes('Negotiate'),
    wsSecurity: false,
    extendedProtection: directory?.ExtendedProtectionTokenChecking ?? 'None',
  };
}
