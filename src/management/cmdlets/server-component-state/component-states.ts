import type { ConfigurationProperties, Stored } from '../../../organization/index.ts';
import { serverComponents } from '../../../organization/index.ts';
import type { OutputObject } from '../define-cmdlet.ts';

export type ServerComponent = (typeof serverComponents)[number];

export const requesters = ['Maintenance', 'Functional', 'HealthAPI', 'Sidelined', 'Deployment'] as const satisfies readonly ConfigurationProperties['ServerComponentState']['Requester'][];

/** The components of a server as Get-ServerComponentState shows them. One that anybody wants inactive rests. */
export function componentStates(server: string, states: readonly Stored<'ServerComponentState'>[]): OutputObject[] {
  const resting = states.filter(({ properties }) => properties.Server.toLowerCase() === server.toLowerCase());
  return serverComponents.map((component) => {
    const wishes = resting.filter(({ properties }) => properties.Component === component);
    return { Server: server, Component: component, State: wishes.length === 0 ? 'Active' : 'Inactive', Requesters: wishes.map(({ properties }) => properties.Requester), Identity: server, IsValid: true };
  });
}
