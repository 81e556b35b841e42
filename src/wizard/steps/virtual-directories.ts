import type { CmdletInvocation } from '../../management/index.ts';
import type { Observed } from '../observed.ts';
import { differences, listOf, textOf } from '../observed.ts';
import type { SetupStep } from '../plan.ts';

/**
 * OAuth must be on for every protocol of every server, or tokens are never offered nor taken there; so must WSSecurity,
 * where EWS and Autodiscover are asked with delegation tokens.
 */
export const virtualDirectories: SetupStep = {
  id: 'virtual-directories',
  title: 'Sign-in methods of virtual directories',
  why: 'A server offers and takes tokens only where its virtual directories say so.',
  async changes({ get, settings }) {
    const changes: CmdletInvocation[] = [];
    for (const [kind, wanted] of Object.entries(wantedMethods(settings.freeBusy !== 'oauth'))) {
      for (const directory of await get('OnPremises', `Get-${kind}`)) {
        const different = wanted(directory);
        if (Object.keys(different).length > 0) changes.push({ session: 'OnPremises', cmdlet: `Set-${kind}`, parameters: { Identity: textOf(directory, 'Identity'), ...different } });
      }
    }
    return changes;
  },
};

function wantedMethods(isDelegated: boolean): Readonly<Record<string, (directory: Observed) => Record<string, unknown>>> {
  const shared = (directory: Observed): Record<string, unknown> => differences(directory, { OAuthAuthentication: true, ...(isDelegated ? { WSSecurityAuthentication: true } : {}) });
  return {
    WebServicesVirtualDirectory: shared,
    AutodiscoverVirtualDirectory: shared,
    // MAPI takes the whole list of methods each time.
    MapiVirtualDirectory(directory) {
      const methods = listOf(directory, 'IISAuthenticationMethods');
      return methods.some((method) => method.toLowerCase() === 'oauth') ? {} : { IISAuthenticationMethods: [...methods, 'OAuth'] };
    },
    OabVirtualDirectory: (directory) => differences(directory, { OAuthAuthentication: true }),
  };
}
