import { answeringSide, notOver } from '../free-busy-case.ts';
import { madeByHand, signInName } from '../made-by-hand.ts';
import { otherName } from '../other-name.ts';
import { fail, pass, sessionOf, sideNames, skipped, text, texts } from '../probe.ts';
import type { CmdletInvocation } from '../../../management/index.ts';
import type { FreeBusyCase, FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

/** The responder must find exactly one object for who asks, and that one must not be disabled. */
export const requester: FreeBusyProbe = {
  id: 'requester',
  title: 'the asking person, as the other side knows them',
  async run(given, { route }) {
    if (route?.trust !== 'OAuth') return skipped(route === undefined ? notOver('OAuth', route) : 'over DAuth the responder needs no object of the asking person');
    const side = answeringSide(given);
    const session = sessionOf(given, side);
    const wanted = given.asker.toLowerCase();
    const all = await session.invoke('Get-Recipient', { ResultSize: 'Unlimited' });
    const found = all.filter((each) => text(each, 'UserPrincipalName').toLowerCase() === wanted || texts(each, 'EmailAddresses').some((address) => address.toLowerCase() === `smtp:${wanted}`));
    const [person] = found;
    if (person === undefined) return fail(`${sideNames[side]} has no object for ${given.asker}`, await unknown(given, all));
    if (found.length > 1) {
      const isTheirs = (each: Record<string, unknown>): boolean => text(each, 'RecipientTypeDetails') === 'RemoteUserMailbox' || text(each, 'ExternalEmailAddress').toLowerCase().endsWith(wanted);
      const duplicate = found.find((each) => !isTheirs(each)) ?? found.find((each) => text(each, 'PrimarySmtpAddress').toLowerCase() !== wanted) ?? person;
      const proof = `${found.map((each) => `"${text(each, 'DisplayName')}" (${text(each, 'RecipientTypeDetails')})`).join(' and ')} both answer to ${given.asker}.`;
      const set = (parameters: Record<string, unknown>): CmdletInvocation => ({ session: side, cmdlet: 'Set-MailUser', parameters: { Identity: text(duplicate, 'Alias'), ...parameters } });
      const alias = `${text(duplicate, 'Alias')}@${given.asker.split('@')[1] ?? ''}`;
      if (text(duplicate, 'UserPrincipalName').toLowerCase() === wanted) {
        return fail(`${sideNames[side]} has ${found.length} objects for ${given.asker}`, { cause: 'fb6-duplicate-upn', proof, repair: [set({ UserPrincipalName: alias })], undo: [set({ UserPrincipalName: given.asker })] });
      }
      const addresses = texts(duplicate, 'EmailAddresses');
      const rest = addresses.filter((each) => each.toLowerCase() !== `smtp:${wanted}`);
      const repaired = rest.some((each) => each.startsWith('SMTP:')) ? rest : [`SMTP:${alias}`, ...rest.filter((each) => each.toLowerCase() !== `smtp:${alias.toLowerCase()}`)];
      return fail(`${sideNames[side]} has ${found.length} objects for ${given.asker}`, { cause: 'fb6-duplicate-proxy', proof, repair: [set({ EmailAddresses: repaired })], undo: [set({ EmailAddresses: addresses })] });
    }
    if (person['AccountDisabled'] === true) {
      const noun = text(person, 'RecipientTypeDetails') === 'RemoteUserMailbox' ? 'RemoteMailbox' : 'MailUser';
      const set = (disabled: boolean): Finding['repair'] => [{ session: side, cmdlet: `Set-${noun}`, parameters: { Identity: given.asker, AccountDisabled: disabled } }];
      return fail(`the account of ${given.asker} is disabled in ${sideNames[side]}`, { cause: 'fb18-user-disabled', proof: `AccountDisabled is True on "${text(person, 'DisplayName')}" of ${sideNames[side]}.`, repair: set(false), undo: set(true) });
    }
    return pass(`${text(person, 'RecipientTypeDetails')} "${text(person, 'DisplayName')}"`);
  },
};

async function unknown(given: FreeBusyCase, all: readonly Record<string, unknown>[]): Promise<Finding> {
  const side = answeringSide(given);
  const [own] = (await given.sessions[given.askingSide]?.invoke('Get-Recipient', { Identity: given.asker }).catch(() => [])) ?? [];
  const proof = `Get-Recipient ${given.asker} finds nobody in ${sideNames[side]}.`;
  const renamed = otherName({ side, address: given.asker, name: text(own, 'UserPrincipalName') || given.asker, all });
  if (renamed !== undefined) return { ...renamed, proof: `${proof} ${renamed.proof}` };
  if (own === undefined) return { cause: 'fb33-not-synchronised', proof, repair: [], undo: [] };
  return {
    cause: 'fb33-not-synchronised',
    proof,
    repair: [{ session: side, cmdlet: 'New-MailUser', parameters: { Name: text(own, 'DisplayName'), Alias: text(own, 'Alias'), ...signInName(side, text(own, 'UserPrincipalName')), PrimarySmtpAddress: given.asker, ExternalEmailAddress: given.asker } }],
    risk: madeByHand,
    undo: [{ session: side, cmdlet: 'Remove-MailUser', parameters: { Identity: given.asker, Confirm: false } }],
  };
}
