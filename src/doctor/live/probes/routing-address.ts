import { answeringSide } from '../free-busy-case.ts';
import { capitalized, fail, pass, sessionOf, sideNames, skipped, text, texts } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';

/** The other side must know the person by the very address with which it is asked. */
export const routingAddress: FreeBusyProbe = {
  id: 'routing-address',
  title: 'the target address, as the other side knows it',
  async run(given, { targetAddress }) {
    if (targetAddress === undefined) return skipped('nobody is asked by a target address');
    const side = answeringSide(given);
    const session = sessionOf(given, side);
    const find = async (address: string): Promise<Record<string, unknown> | undefined> => (await session.invoke('Get-Mailbox', { Identity: address }).catch(() => []))[0];
    const byTarget = await find(targetAddress);
    if (byTarget !== undefined) return pass(`mailbox of "${text(byTarget, 'DisplayName')}"`);
    const person = await find(given.whom);
    if (person === undefined) return skipped(`${sideNames[side]} has no mailbox of ${given.whom}`);
    const [known] = await session.invoke('Get-Recipient', { Identity: targetAddress }).catch(() => []);
    if (known !== undefined) {
      const set = (ExternalEmailAddress: string): Finding['repair'] => [{ session: given.askingSide, cmdlet: 'Set-MailUser', parameters: { Identity: given.whom, ExternalEmailAddress } }];
      return fail(`${targetAddress} is nobody’s mailbox there`, {
        cause: 'fb16-target-address',
        proof: `${capitalized(sideNames[side])} has ${targetAddress} as the ${text(known, 'RecipientTypeDetails')} "${text(known, 'DisplayName')}", which leads on, and the mailbox as ${given.whom}.`,
        repair: set(given.whom),
        undo: set(targetAddress),
      });
    }
    const addresses = (change: 'add' | 'remove'): Parameters<typeof fail>[1]['repair'] => [{ session: side, cmdlet: 'Set-Mailbox', parameters: { Identity: given.whom, EmailAddresses: { [change]: [`smtp:${targetAddress}`] } } }];
    return fail(`${given.whom} has no address ${targetAddress}`, { cause: 'fb11-proxy-address', proof: `EmailAddresses of ${given.whom} are ${texts(person, 'EmailAddresses').join(', ')}; asked for is ${targetAddress}.`, repair: addresses('add'), undo: addresses('remove') });
  },
};
