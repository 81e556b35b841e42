import type { CmdletInvocation } from '../../management/index.ts';
import { isTrue, textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/** OAuth must be on for EWS and Autodiscover of every server, or tokens are never offered nor taken. */
export const virtualDirectories: SetupStep = {
  id: 'virtual-directories',
  title: 'OAuth on virtual directories',
  async changes({ get }) {
    const changes: CmdletInvocation[] = [];
    for (const kind of ['WebServicesVirtualDirectory', 'AutodiscoverVirtualDirectory']) {
      for (const directory of await get('OnPremises', `Get-${kind}`)) {
        if (isTrue(directory, 'OAuthAuthentication')) continue;
        changes.push({ session: 'OnPremises', cmdlet: `Set-${kind}`, parameters: { Identity: textOf(directory, 'Identity'), OAuthAuthentication: true } });
      }
    }
    return changes;
  },
};
