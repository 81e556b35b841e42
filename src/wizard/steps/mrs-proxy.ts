import { isTrue, textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/** Switches the mailbox replication proxy on wherever EWS is; IIS takes it up after a while. */
export const mrsProxy: SetupStep = {
  id: 'mrs-proxy',
  title: 'MRS proxy',
  why: 'Mailboxes move through it; the migration endpoint answers 403 where it is off.',
  configurations: ['Full', 'Minimal'],
  async changes({ get }) {
    const directories = await get('OnPremises', 'Get-WebServicesVirtualDirectory');
    return directories
      .filter((directory) => !isTrue(directory, 'MRSProxyEnabled'))
      .map((directory) => ({ session: 'OnPremises', cmdlet: 'Set-WebServicesVirtualDirectory', parameters: { Identity: textOf(directory, 'Identity'), MRSProxyEnabled: true } }));
  },
};
