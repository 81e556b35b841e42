import type { MapiVirtualDirectory, OabVirtualDirectory, Stored, VirtualDirectory } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectTail } from '../object-output.ts';

/** The kinds of virtual directories. */
export type VirtualDirectoryKind = 'AutodiscoverVirtualDirectory' | 'MapiVirtualDirectory' | 'OabVirtualDirectory' | 'WebServicesVirtualDirectory';

/** The published list of methods that follows from the single switches; MAPI has the list itself. */
function authenticationMethods(directory: VirtualDirectory | MapiVirtualDirectory | OabVirtualDirectory): string[] {
  if ('IISAuthenticationMethods' in directory) return directory.IISAuthenticationMethods;
  if (!('WSSecurityAuthentication' in directory)) {
    return [...(directory.BasicAuthentication ? ['Basic'] : []), ...(directory.WindowsAuthentication ? ['WindowsIntegrated'] : []), ...(directory.OAuthAuthentication ? ['OAuth'] : [])];
  }
  return [
    ...(directory.BasicAuthentication ? ['Basic'] : []),
    ...(directory.DigestAuthentication ? ['Digest'] : []),
    ...(directory.WindowsAuthentication ? ['Ntlm', 'WindowsIntegrated'] : []),
    ...(directory.WSSecurityAuthentication ? ['WSSecurity'] : []),
    ...(directory.OAuthAuthentication ? ['OAuth'] : []),
    ...(directory.AdfsAuthentication ? ['Adfs'] : []),
  ];
}

/** A virtual directory in published order: first what only its kind has, then the name, the methods and the rest. */
export function virtualDirectoryOutput(stored: Stored<VirtualDirectoryKind>): OutputObject {
  const own: Record<string, unknown> = {};
  const common: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(stored.properties)) (ownProperties.has(name) ? own : common)[name] = value;
  const methods = authenticationMethods(stored.properties);
  const shortName = stored.name.slice(stored.name.indexOf('\\') + 1);
  return {
    ...own,
    Name: shortName,
    InternalAuthenticationMethods: methods,
    ExternalAuthenticationMethods: methods,
    ...common,
    ...objectTail({ ...stored, name: shortName, identity: stored.name }),
  };
}

const ownProperties = new Set(['CertificateAuthentication', 'InternalNLBBypassUrl', 'GzipLevel', 'MRSProxyEnabled', 'IISAuthenticationMethods', 'PollInterval', 'OfflineAddressBooks', 'RequireSSL']);
