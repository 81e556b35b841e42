import { answeringSide, fail, pass, sessionOf, sideNames, skipped, text, texts } from '../free-busy-case.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

/** The other side must know the person by the very address with which it is asked. */
export const routingAddress: FreeBusyProbe = {
  id: 'routing-address',
  title: 'the target address, as the other side knows it',
  async run(given, { targetAddress }) {
    if (targetAddress === undefined) return skipped('the target address is not known');
    const side = answeringSide(given);
    const session = sessionOf(given, side);
    const find = async (address: string): Promise<Record<string, unknown> | undefined> => (await session.invoke('Get-Mailbox', { Identity: address }).catch(() => []))[0];
    const byTarget = await find(targetAddress);
    if (byTarget !== undefined) return pass(`mailbox of "${text(byTarget, 'DisplayName')}"`);
    const person = await find(given.whom);
    if (person === undefined) return skipped(`${sideNames[side]} has no mailbox of ${given.whom}`);
    const addresses = (change: 'add' | 'remove'): Parameters<typeof fail>[1]['repair'] => [{ session: side, cmdlet: 'Set-Mailbox', parameters: { Identity: given.whom, EmailAddresses: { [change]: [`smtp:${targetAddress}`] } } }];
    return fail(`${given.whom} has no address ${targetAddress}`, { cause: 'fb11-proxy-address', proof: `EmailAddresses of ${given.whom} are ${texts(person, 'EmailAddresses').join(', ')}; asked for is ${targetAddress}.`, repair: addresses('add'), undo: addresses('remove') });
  },
};
