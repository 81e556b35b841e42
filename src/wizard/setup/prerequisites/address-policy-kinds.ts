import { textOf } from '../../observed.ts';
import { seenIn } from '../decide-settings.ts';
import type { Prerequisite } from './prerequisite.ts';

/** Policies of Exchange 2003 have LDAP filters, which no later cmdlet changes before they are upgraded. */
export const addressPolicyKinds: Prerequisite = {
  id: 'address-policies',
  title: 'E-mail address policies',
  check({ snapshot }) {
    const legacy = seenIn(snapshot, 'OnPremises', 'Get-EmailAddressPolicy').filter((policy) => textOf(policy, 'RecipientFilterType').toLowerCase() === 'legacy').map((policy) => textOf(policy, 'Name'));
    if (legacy.length === 0) return { outcome: 'met', found: 'None is of an older kind.' };
    return { outcome: 'failed', found: `HCW8055 - Legacy e-mail address policies: ${legacy.join(', ')}.`, remedy: 'Upgrade them: Set-EmailAddressPolicy -IncludedRecipients AllRecipients -ForceUpgrade.' };
  },
};
