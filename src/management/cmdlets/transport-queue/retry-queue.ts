import { ManagementError } from '../../management-error.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { chosen, filterParameter, queueOutput, queuesOf, serverParameter } from './queue-view.ts';

export const retryQueue = defineExchangeCmdlet({
  name: 'Retry-Queue',
  synopsis: 'Tries the messages of a queue again now.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, description: 'Server\\number, or the number alone; * stands for anything.' },
    Filter: filterParameter,
    Server: serverParameter,
    Resubmit: { type: 'boolean', ignored: true, description: 'Where messages go is looked up anew with every attempt.' },
  },
  example: 'Get-Queue | Retry-Queue',
  roles: ['Transport Queues'],
  side: 'OnPremises',
  async run(context, { Identity, Filter, Server }) {
    if (Identity === undefined && Filter === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Identity.', { remedy: 'Name a queue, or pass -Filter.' });
    for (const queue of await chosen(context, await queuesOf(context), { identity: Identity, filter: Filter, server: Server }, queueOutput)) {
      await context.change({ target: queue.identity, before: queueOutput(queue), apply: () => context.organization.transportQueue.retry(queue.messages.map(({ message }) => message.number)) });
    }
    return [];
  },
});
