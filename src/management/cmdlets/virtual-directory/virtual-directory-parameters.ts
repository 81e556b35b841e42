import type { Stored } from '../../../organization/index.ts';
import { hasWildCard } from '../../../organization/index.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import { objectNotFound, serverNouns } from '../configuration-cmdlets.ts';
import type { VirtualDirectoryKind } from './virtual-directory-output.ts';
import { virtualDirectoryOutput } from './virtual-directory-output.ts';

/** What the Get- cmdlets of virtual directories take. */
export const virtualDirectoryGetParameters = {
  Identity: { type: 'string', position: 0, pipeline: true, description: 'SERVER\\name or GUID; * stands for anything.' },
  Server: { type: 'string', pipelineOf: serverNouns, description: 'Only those of one server.' },
  ADPropertiesOnly: { type: 'switch', description: 'Accepted and without effect: there is no metabase to differ from the directory.' },
  ShowMailboxVirtualDirectories: { type: 'switch', description: 'Accepted and without effect.' },
} as const;

/** What IIS would look at besides the channel binding token. */
export const extendedProtectionDetails = {
  ExtendedProtectionFlags: { type: 'string', many: true, refused: true, description: 'Extended Protection has no exceptions here: ExtendedProtectionTokenChecking decides alone.' },
  ExtendedProtectionSPNList: { type: 'string', many: true, refused: true, description: 'Service principal names are not checked here: ExtendedProtectionTokenChecking decides alone.' },
} as const;

/** What the Set- cmdlets of virtual directories have in common. */
export const virtualDirectorySetParameters = {
  Identity: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'SERVER\\name or GUID.' },
  BasicAuthentication: { type: 'boolean', description: 'User name and password.' },
  DigestAuthentication: { type: 'boolean', description: 'HTTP Digest; shown, not offered.' },
  WindowsAuthentication: { type: 'boolean', description: 'NTLM and Negotiate.' },
  OAuthAuthentication: { type: 'boolean', description: 'Bearer tokens.' },
  WSSecurityAuthentication: { type: 'boolean', description: 'Delegation tokens of the federation gateway.' },
  ExtendedProtectionTokenChecking: { type: ['None', 'Allow', 'Require'], description: 'Channel binding; Require breaks clients behind anything that ends TLS.' },
  ...extendedProtectionDetails,
} as const;

/** Finds virtual directories for a Get- cmdlet. */
export async function getVirtualDirectories(context: ExchangeContext, kind: VirtualDirectoryKind, identity: string | undefined, server: string | undefined): Promise<readonly OutputObject[]> {
  const { configuration } = context.organization;
  const found: readonly Stored<VirtualDirectoryKind>[] = identity === undefined ? await configuration.list(kind) : await configuration.find(kind, identity);
  if (identity !== undefined && found.length === 0 && !hasWildCard(identity)) throw objectNotFound(context, identity);
  const ofServer = server === undefined ? found : found.filter((directory) => directory.properties.Server.toLowerCase() === (server.split('.')[0] ?? '').toLowerCase());
  return ofServer.map(virtualDirectoryOutput);
}

