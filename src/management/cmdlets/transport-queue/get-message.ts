import { defineExchangeCmdlet } from '../exchange-context.ts';
import { chosen, filterParameter, messageOutput, queueOutput, queuesOf, serverParameter } from './queue-view.ts';

export const getMessage = defineExchangeCmdlet({
  name: 'Get-Message',
  synopsis: 'Shows the messages that wait to be sent on.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, description: 'Server\\queue\\number, or less of it; * stands for anything. All messages where absent.' },
    Queue: { type: 'string', description: 'Only those of this queue, as Get-Queue names it.' },
    Filter: filterParameter,
    Server: serverParameter,
    IncludeRecipientInfo: { type: 'switch', description: 'Shows whom they are for: address, status and last error.' },
    ResultSize: { type: 'resultSize', description: 'How many at most; default 1000, or Unlimited.' },
  },
  outputs: ['Identity', 'Subject', 'InternetMessageId', 'FromAddress', 'Status', 'Size', 'SCL', 'DateReceived', 'ExpirationTime', 'LastError', 'RetryCount', 'Queue', 'Recipients', 'IsValid', 'ObjectState'],
  example: 'Get-Message -IncludeRecipientInfo | Format-List Identity,FromAddress,Subject,LastError,Recipients',
  roles: ['Transport Queues', 'View-Only Configuration', 'Monitoring'],
  side: 'OnPremises',
  async run(context, { Identity, Queue, Filter, Server, IncludeRecipientInfo, ResultSize = 1000 }) {
    const output = messageOutput(IncludeRecipientInfo === true);
    const queues = Queue === undefined ? await queuesOf(context) : await chosen(context, await queuesOf(context), { identity: Queue }, queueOutput);
    const messages = await chosen(context, queues.flatMap((queue) => queue.messages), { identity: Identity, filter: Filter, server: Server }, output);
    return messages.slice(0, ResultSize).map(output);
  },
});
