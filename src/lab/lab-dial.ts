import type { Dial } from '../foundation/index.ts';
import type { LabInfo } from './lab-info.ts';
import { createLabNetwork } from './network/lab-network.ts';

/** Dials the names of a running lab from outside of it. */
export function labDial(info: LabInfo): Dial {
  const network = createLabNetwork();
  for (const entry of info.network) network.register(entry.name, entry);
  return network.dial;
}
