import { answeringSide, fail, pass, sessionOf, sideNames, skipped, text, texts } from '../free-busy-case.ts';
import type { Finding, FreeBusyProbe } from '../free-busy-case.ts';

/** The responder must find exactly one object for who asks, and that one must not be disabled. */
export const requester: FreeBusyProbe = {
  id: 'requester',
  title: 'the asking person, as the other side knows them',
  async run(given, { route }) {
    if (route?.trust !== 'OAuth') return skipped('over DAuth the responder needs no object of the asking person');
    const side = answeringSide(given);
    const session = sessionOf(given, side);
    const wanted = given.asker.toLowerCase();
    const all = await session.invoke('Get-Recipient', { ResultSize: 'Unlimited' });
    const found = all.filter((each) => text(each, 'UserPrincipalName').toLowerCase() === wanted || texts(each, 'EmailAddresses').some((address) => address.toLowerCase() === `smtp:${wanted}`));
    const [person] = found;
    if (person === undefined) return fail(`${sideNames[side]} has no object for ${given.asker}`, await unknown(given));
    if (found.length > 1) {
      const duplicate = found.find((each) => text(each, 'PrimarySmtpAddress').toLowerCase() !== wanted) ?? person;
      return fail(`${sideNames[side]} has ${found.length} objects for ${given.asker}`, {
        cause: text(duplicate, 'UserPrincipalName').toLowerCase() === wanted ? 'fb6-duplicate-upn' : 'fb6-duplicate-proxy',
        proof: `${found.map((each) => `"${text(each, 'DisplayName')}" (${text(each, 'RecipientTypeDetails')})`).join(' and ')} both answer to ${given.asker}.`,
        repair: [{ session: side, cmdlet: 'Set-MailUser', parameters: { Identity: text(duplicate, 'PrimarySmtpAddress'), UserPrincipalName: `${text(duplicate, 'Alias')}@${given.asker.split('@')[1] ?? ''}` } }],
        undo: [{ session: side, cmdlet: 'Set-MailUser', parameters: { Identity: text(duplicate, 'PrimarySmtpAddress'), UserPrincipalName: given.asker } }],
      });
    }
    if (person['AccountDisabled'] === true) {
      const noun = text(person, 'RecipientTypeDetails') === 'RemoteUserMailbox' ? 'RemoteMailbox' : 'MailUser';
      const set = (disabled: boolean): Finding['repair'] => [{ session: side, cmdlet: `Set-${noun}`, parameters: { Identity: given.asker, AccountDisabled: disabled } }];
      return fail(`the account of ${given.asker} is disabled in ${sideNames[side]}`, { cause: 'fb18-user-disabled', proof: `AccountDisabled is True on "${text(person, 'DisplayName')}" of ${sideNames[side]}.`, repair: set(false), undo: set(true) });
    }
    return pass(`${text(person, 'RecipientTypeDetails')} "${text(person, 'DisplayName')}"`);
  },
};

async function unknown(given: Parameters<FreeBusyProbe['run']>[0]): Promise<Finding> {
  const side = answeringSide(given);
  const [own] = (await given.sessions[given.askingSide]?.invoke('Get-Recipient', { Identity: given.asker }).catch(() => [])) ?? [];
  const proof = `Get-Recipient ${given.asker} finds nobody in ${sideNames[side]}.`;
  if (own === undefined) return { cause: 'fb33-not-synchronised', proof, repair: [], undo: [] };
  return {
    cause: 'fb33-not-synchronised',
    proof,
    repair: [{ session: side, cmdlet: 'New-MailUser', parameters: { Name: text(own, 'DisplayName'), Alias: text(own, 'Alias'), UserPrincipalName: text(own, 'UserPrincipalName'), PrimarySmtpAddress: given.asker, ExternalEmailAddress: given.asker } }],
    undo: [{ session: side, cmdlet: 'Remove-MailUser', parameters: { Identity: given.asker, Confirm: false } }],
  };
}
