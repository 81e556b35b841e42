import type { ConfigurationProperties, Stored } from '../../../organization/index.ts';
import { serverComponents } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';

export type ServerComponent = (typeof serverComponents)[number];

export const requesters = ['Maintenance', 'Functional', 'HealthAPI', 'Sidelined', 'Deployment'] as const satisfies readonly ConfigurationProperties['ServerComponentState']['Requester'][];

/**
 * The components of a server as Get-ServerComponentState shows them. One that anybody wants inactive rests, and all of
 * them where that is said of ServerWideOffline. The registry and the directory, which Exchange tells apart, are one here.
 */
export function componentStates(server: Stored<'ExchangeServer'>, states: readonly Stored<'ServerComponentState'>[]): OutputObject[] {
  const wishes = states.filter(({ properties }) => properties.Server.toLowerCase() === server.name.toLowerCase());
  const isOffline = wishes.some(({ properties }) => properties.Component === 'ServerWideOffline');
  return serverComponents.map((component) => {
    const own = wishes.filter(({ properties }) => properties.Component === component).map(({ properties, whenChanged }) => ({ Requester: properties.Requester, State: 'Inactive', Timestamp: new Date(whenChanged).toISOString(), Component: component }));
    return { ServerFqdn: server.properties.Fqdn, Component: component, State: isOffline || own.length > 0 ? 'Inactive' : 'Active', ServerWideOfflineIsOffline: isOffline, RemoteStates: own, LocalStates: own, Identity: server.name, IsValid: true, ObjectState: 'New' };
  });
}
