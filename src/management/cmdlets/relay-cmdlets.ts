import type { Cmdlet } from './define-cmdlet.ts';
import type { RelayContext } from './relay/relay-context.ts';
import { getHybridAgent } from './relay/get-hybrid-agent.ts';
import { getHybridApplication } from './relay/get-hybrid-application.ts';
import { newHybridApplication } from './relay/new-hybrid-application.ts';
import { removeHybridApplication } from './relay/remove-hybrid-application.ts';
import { testHybridConnectivity } from './relay/test-hybrid-connectivity.ts';
import { updateHybridApplication } from './relay/update-hybrid-application.ts';

/** The cmdlets of a relay. */
export const relayCmdlets: readonly Cmdlet<RelayContext>[] = [
  getHybridAgent,
  getHybridApplication,
  newHybridApplication,
  removeHybridApplication,
  testHybridConnectivity,
  updateHybridApplication,
];
