import type { Organization } from '../organization/index.ts';
import { serverRights } from '../organization/index.ts';
import { cachedByVersion } from './cached-by-version.ts';
import type { SettingsVersion } from './settings-version.ts';

export type MoveProxyRefusal = 'PREMISES_MOVE_PROXY_DISABLED' | 'PREMISES_TOKEN_SERIALIZATION' | 'PREMISES_MOVE_PROXY_ROLE';

/** Who may have mailboxes moved. */
const movers: ReadonlySet<string> = new Set(['Organization Management', 'Recipient Management']);

/**
 * Whether this server's `/EWS/mrsproxy.svc` takes requests of somebody who has signed in: `MRSProxyEnabled` of the EWS
 * virtual directory, the two rights with which servers hand requests on among themselves (event 3002,
 * BackEndRehydration), and the person's role. Answered 403, as published; that somebody without the role gets 403, too,
 * is *unverified*. Moving itself is not built: the path tells that it could be reached and no more.
 */
export function createMoveProxy({ configuration, directory }: Organization, serverName: string, settings: Pick<SettingsVersion, 'version'> = configuration): (recipientGuid: string) => Promise<MoveProxyRefusal | undefined> {
  const isMine = (name: string): boolean => name.toLowerCase() === serverName.toLowerCase();
  const state = cachedByVersion(settings, async () => {
    const virtualDirectory = (await configuration.list('WebServicesVirtualDirectory')).find(({ properties }) => isMine(properties.Server));
    const entries = (await configuration.list('AdPermission')).map(({ properties }) => properties).filter((entry) => isMine(entry.Object) && /\\Exchange Servers$/i.test(entry.User));
    const holds = (right: string): boolean => {
      const about = entries.filter((entry) => entry.AccessRights === 'GenericAll' || entry.ExtendedRights.includes(right));
      return about.length > 0 && !about.some((entry) => entry.Deny);
    };
    return { isEnabled: virtualDirectory?.properties.MRSProxyEnabled === true, hasRights: serverRights.every(holds) };
  });
  return async (recipientGuid) => {
    const { isEnabled, hasRights } = await state();
    if (!isEnabled) return 'PREMISES_MOVE_PROXY_DISABLED';
    if (!hasRights) return 'PREMISES_TOKEN_SERIALIZATION';
    return (await directory.roleGroups(recipientGuid)).some((group) => movers.has(group)) ? undefined : 'PREMISES_MOVE_PROXY_ROLE';
  };
}

/** What an administrator finds in the log, in the words of the published events. */
export const moveProxyEvents: Readonly<Record<MoveProxyRefusal, string>> = {
  PREMISES_MOVE_PROXY_DISABLED: 'MRS proxy service is disabled. Set-WebServicesVirtualDirectory -MRSProxyEnabled $true switches it on.',
  PREMISES_TOKEN_SERIALIZATION: "Rehydration failed. Reason: Source server 'NT AUTHORITY\\SYSTEM' does not have token serialization permission. Add-ADPermission gives it ms-Exch-EPI-Token-Serialization and ms-Exch-EPI-Impersonation.",
  PREMISES_MOVE_PROXY_ROLE: 'Somebody without the role asked for mailbox moves. Organization Management or Recipient Management is needed.',
};
