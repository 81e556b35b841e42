import type { Organization } from '../organization/index.ts';
import { cachedByVersion } from './cached-by-version.ts';
import type { SettingsVersion } from './settings-version.ts';
import type { VirtualDirectoryName } from './virtual-directories.ts';

const componentOf = { EWS: 'EwsProxy', Autodiscover: 'AutoDiscoverProxy', MAPI: 'MapiProxy', OAB: 'OabProxy', ActiveSync: 'ActiveSyncProxy' } as const satisfies Record<VirtualDirectoryName, string>;

/** Whether the component behind a virtual directory was put to rest (`Set-ServerComponentState`); its requests are answered 503. */
export function createRestingComponents({ configuration }: Organization, serverName: string, settings: Pick<SettingsVersion, 'version'> = configuration): (directory: VirtualDirectoryName) => Promise<boolean> {
  const resting = cachedByVersion(settings, async () => {
    const states = await configuration.list('ServerComponentState');
    return new Set<string>(states.filter(({ properties }) => properties.Server.toLowerCase() === serverName.toLowerCase()).map(({ properties }) => properties.Component));
  });
  return async (directory) => {
    const components = await resting();
    return components.has('ServerWideOffline') || components.has(componentOf[directory]);
  };
}
