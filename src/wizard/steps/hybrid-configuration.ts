import type { SetupStep } from '../plan.ts';
import { differences, listOf, missingFrom } from '../observed.ts';
import type { SetupSettings } from '../plan.ts';

/** On premises: the object that says what the deployment shall have, which later runs and other tools read. */
export const hybridConfiguration: SetupStep = {
  id: 'hybrid-configuration',
  title: 'Hybrid configuration object',
  why: 'It says what this deployment shall have; tools that look for a hybrid deployment look for it.',
  configurations: ['Full', 'Minimal'],
  needs: [{ session: 'OnPremises', cmdlet: 'Get-HybridConfiguration' }],
  async changes({ get, settings }) {
    const [found] = await get('OnPremises', 'Get-HybridConfiguration');
    const wanted = { Features: featuresOf(settings), Domains: [...settings.hybridDomains] };
    if (found === undefined) return [{ session: 'OnPremises', cmdlet: 'New-HybridConfiguration', parameters: wanted }];
    // What an earlier wizard was asked for stays: this one does not set all of it up, and takes none of it away.
    const different = differences(found, Object.fromEntries(Object.entries(wanted).map(([property, values]) => [property, [...listOf(found, property), ...missingFrom(listOf(found, property), values)]])));
    return Object.keys(different).length === 0 ? [] : [{ session: 'OnPremises', cmdlet: 'Set-HybridConfiguration', parameters: different }];
  },
};

/** What the other steps set up. Outlook on the web is not redirected. */
function featuresOf({ configuration, freeBusy, mail }: SetupSettings): string[] {
  if (configuration === 'Minimal') return ['MoveMailbox'];
  return ['FreeBusy', 'MoveMailbox', 'Mailtips', 'Photos', ...(freeBusy === 'oauth' ? [] : ['MessageTracking', 'OnlineArchive']), ...(mail === undefined ? [] : ['SecureMail', ...(mail.isCentralized ? ['CentralizedTransport'] : [])])];
}
