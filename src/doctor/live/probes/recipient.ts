import { answeringSide, domainOf } from '../free-busy-case.ts';
import { capitalized, fail, pass, sessionOf, sideNames, text } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';
import { madeByHand, signInName } from '../made-by-hand.ts';
import { otherName } from '../other-name.ts';

/** Whether the asking organisation knows the person, and with which address it would ask. */
export const recipient: FreeBusyProbe = {
  id: 'recipient',
  title: 'recipient and target address',
  async run(given, facts) {
    const found = await sessionOf(given, given.askingSide)
      .invoke('Get-Recipient', { Identity: given.whom })
      .catch(() => []);
    const [person] = found;
    if (person === undefined) {
      // As it would be after the repair: what else is wrong shows then.
      Object.assign(facts, { isLocal: false, targetAddress: given.whom });
      const other = answeringSide(given);
      const [owner] = (await given.sessions[other]?.invoke('Get-Mailbox', { Identity: given.whom }).catch(() => [])) ?? [];
      const spaces = (await given.sessions[given.askingSide]?.invoke('Get-AvailabilityAddressSpace').catch(() => [])) ?? [];
      const isOfAddressSpace = spaces.some((each) => text(each, 'ForestName').toLowerCase() === domainOf(given.whom));
      if (owner !== undefined && !isOfAddressSpace) {
        const all = (await given.sessions[given.askingSide]?.invoke('Get-Recipient', { ResultSize: 'Unlimited' }).catch(() => [])) ?? [];
        const renamed = otherName({ side: given.askingSide, address: given.whom, name: text(owner, 'UserPrincipalName'), all });
        if (renamed !== undefined) return fail(`${sideNames[given.askingSide]} has ${given.whom} under another name`, { ...renamed, proof: `${capitalized(sideNames[other])} has a mailbox ${given.whom}, and Get-Recipient finds nobody of that address in ${sideNames[given.askingSide]}. ${renamed.proof}` });
        const known = { Name: text(owner, 'DisplayName'), Alias: text(owner, 'Alias'), ...signInName(given.askingSide, text(owner, 'UserPrincipalName')), PrimarySmtpAddress: given.whom, ExternalEmailAddress: given.whom };
        return fail(`${sideNames[given.askingSide]} has no recipient ${given.whom}`, {
          cause: 'fb14-not-synchronised',
          proof: `${capitalized(sideNames[other])} has a mailbox ${given.whom}, and Get-Recipient finds nobody in ${sideNames[given.askingSide]}.`,
          repair: [{ session: given.askingSide, cmdlet: 'New-MailUser', parameters: known }],
          risk: madeByHand,
          undo: [{ session: given.askingSide, cmdlet: 'Remove-MailUser', parameters: { Identity: given.whom, Confirm: false } }],
        });
      }
      const parameters = { Name: given.whom.split('@')[0], ExternalEmailAddress: given.whom };
      return fail(`${sideNames[given.askingSide]} has no recipient ${given.whom}`, {
        cause: 'fb14-no-contact',
        proof: `Get-Recipient ${given.whom} finds nobody in ${sideNames[given.askingSide]}${isOfAddressSpace ? `, which has an availability address space for ${domainOf(given.whom)}` : ''}.`,
        repair: [{ session: given.askingSide, cmdlet: 'New-MailContact', parameters }],
        undo: [{ session: given.askingSide, cmdlet: 'Remove-MailContact', parameters: { Identity: given.whom, Confirm: false } }],
      });
    }
    const external = text(person, 'ExternalEmailAddress').replace(/^smtp:/i, '');
    facts.isLocal = external === '';
    if (external !== '') facts.targetAddress = external;
    return pass(external === '' ? `${text(person, 'RecipientTypeDetails')}: a mailbox of ${sideNames[given.askingSide]} itself` : `${text(person, 'RecipientTypeDetails')}, target address ${external}`);
  },
};
