import type { ConnectivityMeans, RelayAdmin } from '../cmdlets/relay/relay-context.ts';
import { relayCmdlets } from '../cmdlets/relay-cmdlets.ts';
import type { CmdletSession, CmdletSessionOptions } from './cmdlet-session.ts';
import { createLocalSession } from './create-local-session.ts';

export interface RelaySessionOptions extends CmdletSessionOptions {
  /** The tenant whose agents and applications are meant. Default: whatever the admin key shows. */
  tenantId?: string;
  /** For Test-HybridConnectivity. */
  connectivity?: ConnectivityMeans;
}

/** The hybrid management cmdlets on a relay; its own admin client is a `RelayAdmin`. */
export function createRelaySession(relay: RelayAdmin, options: RelaySessionOptions = {}): CmdletSession {
  const { tenantId, connectivity, ...rest } = options;
  return createLocalSession({ ...rest, name: 'relay', cmdlets: relayCmdlets, means: { relay, ...(connectivity === undefined ? {} : { connectivity }), ...(tenantId === undefined ? {} : { tenantId }) } });
}
