import { latentFault, world } from './fault.ts';
import type { FaultStep } from './fault.ts';

const id = 'p4-agent-disk';

/** It is noticed with the first line that is lost: somebody asks for moves, by way of the agent. */
export const agentDisk = latentFault(id, 'agent', async (_, lab) => {
  const full = world(id, { kind: 'diskFull', party: 'agent' });
  const account = lab.accounts.find(({ kind, side }) => kind === 'administrator' && side === 'on-premises');
  const used: FaultStep = { session: 'Cloud', cmdlet: 'Test-MigrationServerAvailability', parameters: { ExchangeRemoteMove: true, RemoteServer: new URL(lab.parties.relay.namedUrls['endpoint'] ?? '').host, Credentials: { UserName: account?.userName ?? '', Password: account?.password ?? '' } } };
  return { inject: [...full.inject, used], undo: full.undo };
});
