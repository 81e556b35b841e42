// One party of a lab in a process of its own, on the state that a whole lab has left: so that each party's memory can be
// told, and the tunnel's cost is not hidden in one event loop. Started by cross-premises.ts with an IPC channel.
import { systemClock } from '../src/foundation/index.ts';
import { openLabCertificates } from '../src/lab/lab-certificates.ts';
import type { LabContext } from '../src/lab/lab-context.ts';
import { labNames } from '../src/lab/lab-names.ts';
import { labPorts } from '../src/lab/lab-ports.ts';
import { openLabState } from '../src/lab/lab-state.ts';
import { createLabNetwork } from '../src/lab/network/lab-network.ts';

const [party = '', directory = '', portBase = ''] = process.argv.slice(2);
const folder = openLabState(directory, { fresh: false, processId: process.pid });
// The folder's lock is for labs; here its parties are several processes.
folder.release();
const state = folder.read();
if (state === undefined) throw new Error('There is no lab state to start from.');
const ports = labPorts(Number(portBase));
const network = createLabNetwork();
const at = (port: number): { host: string; port: number } => ({ host: '127.0.0.1', port });
for (const side of ['onPremises', 'cloud'] as const) for (const name of [labNames[side].mail, labNames[side].autodiscover]) network.register(name, at(ports[side]));
network.register(labNames.sts, at(ports.sts));
for (const name of [labNames.relay, `*.${labNames.relay}`]) network.register(name, at(ports.relay));
const context: LabContext = { folder, state, certificates: await openLabCertificates(directory, systemClock), network, ports, clock: systemClock, ntlm: false, clockOf: () => systemClock };

const noToken = (): Promise<string> => Promise.reject(new Error('The agent of a lab that has run is enrolled.'));
async function startOrganization(side: 'cloud' | 'onPremises'): Promise<{ close(): Promise<void> }> {
  const { openLabOrganization, startLabPremises } = await import('../src/lab/parties/start-lab-premises.ts');
  return startLabPremises(context, side, await openLabOrganization(context, side));
}

// Loaded one by one, so that a process holds its own party's code and no other.
const starters: Record<string, () => Promise<{ close(): Promise<void> }>> = {
  sts: async () => (await import('../src/lab/parties/start-lab-sts.ts')).startLabSts(context),
  relay: async () => (await import('../src/lab/parties/start-lab-relay.ts')).startLabRelay(context),
  agent: async () => (await import('../src/lab/parties/start-lab-agent.ts')).startLabAgent(context, { issueToken: noToken }),
  cloud: () => startOrganization('cloud'),
  onPremises: () => startOrganization('onPremises'),
};
const running = await starters[party]?.();
process.on('message', (message) => {
  if (message === 'memory') process.send?.({ rss: process.memoryUsage.rss() });
  if (message === 'stop') void running?.close().then(() => process.disconnect());
});
process.send?.('ready');
