import { defineExchangeCmdlet } from '../exchange-context.ts';
import { chosen, filterParameter, queueOutput, queuesOf, serverParameter } from './queue-view.ts';

export const getQueue = defineExchangeCmdlet({
  name: 'Get-Queue',
  synopsis: 'Shows what mail waits for: one queue for each next hop, with the last answer of the other side.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, description: 'Server\\number, or the number alone; * stands for anything. All queues where absent.' },
    Filter: filterParameter,
    Server: serverParameter,
    ResultSize: { type: 'resultSize', description: 'How many at most; default 1000, or Unlimited.' },
  },
  outputs: ['Identity', 'DeliveryType', 'NextHopDomain', 'NextHopConnector', 'NextHopCategory', 'TlsDomain', 'Status', 'MessageCount', 'DeferredMessageCount', 'RetryCount', 'LastError', 'LastRetryTime', 'NextRetryTime', 'IsValid', 'ObjectState'],
  example: 'Get-Queue -Filter "Status -eq \'Retry\'" | Format-List Identity,NextHopDomain,MessageCount,LastError,NextRetryTime',
  roles: ['Transport Queues', 'View-Only Configuration', 'Monitoring'],
  side: 'OnPremises',
  async run(context, { Identity, Filter, Server, ResultSize = 1000 }) {
    const queues = await chosen(context, await queuesOf(context), { identity: Identity, filter: Filter, server: Server }, queueOutput);
    return queues.slice(0, ResultSize).map(queueOutput);
  },
});
