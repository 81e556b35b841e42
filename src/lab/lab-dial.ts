import type { Dial } from '../foundation/index.ts';
import type { LabInfo } from './lab-info.ts';
import { dialRoute } from './network/dial-route.ts';
import type { NetworkSource } from './network/network-state.ts';
import { readNetworkState, routeOf } from './network/network-state.ts';

/** Dials the names of a running lab from outside of it, or as one of its parties would; what stands in the way at that moment counts. */
export function labDial(info: LabInfo, source: NetworkSource = 'outside'): Dial {
  const first = { names: info.network, records: [], rules: [], devices: [] };
  return (host, port, signal) => dialRoute(routeOf(readNetworkState(info.stateDirectory) ?? first, source, host, port), host, signal);
}
