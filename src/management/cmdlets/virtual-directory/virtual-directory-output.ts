import type { Stored, VirtualDirectory } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectTail } from '../object-output.ts';

/** The published list of methods that follows from the single switches. */
function authenticationMethods(directory: VirtualDirectory): string[] {
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
export function virtualDirectoryOutput(stored: Stored<'WebServicesVirtualDirectory'> | Stored<'AutodiscoverVirtualDirectory'>): OutputObject {
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

const ownProperties = new Set(['CertificateAuthentication', 'InternalNLBBypassUrl', 'GzipLevel', 'MRSProxyEnabled']);
