import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import { shortText } from '../property-schemas.ts';

/** The components of a server that this software has something to stop for; `ServerWideOffline` stops all of them. */
export const serverComponents = ['ServerWideOffline', 'ActiveSyncProxy', 'AutoDiscoverProxy', 'EwsProxy', 'MapiProxy', 'OabProxy'] as const;
export type ServerComponent = (typeof serverComponents)[number];

/** Set-ServerComponentState: one requester's wish that a component rest. A component works where nobody wants it inactive. */
export interface ServerComponentState {
  Server: string;
  Component: ServerComponent;
  Requester: 'Maintenance' | 'Functional' | 'HealthAPI' | 'Sidelined' | 'Deployment';
}

export const serverComponentState: ConfigurationKind<ServerComponentState> = {
  kind: 'ServerComponentState',
  nameSchema: z.string().min(1).max(256),
  schema: z.strictObject({
    Server: shortText.min(1, 'may not be empty'),
    Component: z.enum(serverComponents),
    Requester: z.enum(['Maintenance', 'Functional', 'HealthAPI', 'Sidelined', 'Deployment']),
  }),
};
