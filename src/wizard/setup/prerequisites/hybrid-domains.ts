import type { Prerequisite } from './prerequisite.ts';

/** `decideSettings` has refused what is not shared; what is left are limits of the relationships. */
export const hybridDomains: Prerequisite = {
  id: 'domains',
  title: 'Domains',
  check({ settings }) {
    if (settings.hybridDomains.length > 238) return { outcome: 'failed', found: `${settings.hybridDomains.length} domains are shared; a relationship takes 238.`, remedy: 'Choose among them with --domains.' };
    const long = settings.hybridDomains[0] ?? '';
    if (settings.freeBusy !== 'oauth' && long.length > 32) return { outcome: 'failed', found: `${long} has more than the 32 characters that an account namespace may have.`, remedy: 'Name a shorter domain first with --domains, or choose --free-busy oauth.' };
    return { outcome: 'met', found: `${settings.hybridDomains.join(', ')} belongs to both organisations.` };
  },
};
