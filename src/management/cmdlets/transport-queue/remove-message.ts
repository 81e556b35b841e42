import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { chosen, filterParameter, messageOutput, queuesOf, serverParameter } from './queue-view.ts';

export const removeMessage = defineExchangeCmdlet({
  name: 'Remove-Message',
  synopsis: 'Takes a message out of a queue, for the recipients that it waits for there.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, description: 'Server\\queue\\number, or less of it; * stands for anything.' },
    Filter: filterParameter,
    Server: serverParameter,
    WithNDR: { type: 'boolean', description: '$false: its sender is not told. Default $true.' },
  },
  example: 'Remove-Message "EX1\\*\\7" -WithNDR $false -Confirm:$false',
  roles: ['Transport Queues'],
  side: 'OnPremises',
  async run(context, { Identity, Filter, Server, WithNDR = true }) {
    if (Identity === undefined && Filter === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Identity.', { remedy: 'Name a message, or pass -Filter.' });
    const output = messageOutput(true);
    const messages = (await queuesOf(context)).flatMap((queue) => queue.messages);
    for (const one of await chosen(context, messages, { identity: Identity, filter: Filter, server: Server }, output)) {
      const addresses = one.recipients.map(({ address }) => address);
      await context.change({ target: one.identity, before: output(one), apply: () => context.organization.transportQueue.removeRecipients(one.message.number, addresses, WithNDR) });
    }
    return [];
  },
});
