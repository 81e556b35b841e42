import { serverComponents } from '../../../organization/index.ts';
import { oneConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { componentStates, requesters } from './component-states.ts';

export const setServerComponentState = defineExchangeCmdlet({
  name: 'Set-ServerComponentState',
  synopsis: 'Lets a component of a server rest, whose requests are then answered 503, or work again.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'The server.' },
    Component: { type: serverComponents, mandatory: true, description: 'The component; ServerWideOffline means all of them.' },
    State: { type: ['Active', 'Inactive', 'Draining'], mandatory: true, description: 'Draining counts as Inactive: requests in work come to their end either way.' },
    Requester: { type: requesters, mandatory: true, description: 'On whose behalf. The component works when no requester wants it inactive.' },
  },
  example: 'Set-ServerComponentState EX1 -Component EwsProxy -State Inactive -Requester Maintenance',
  roles: ['Exchange Servers'],
  side: 'OnPremises',
  async run(context, { Identity, Component, State, Requester }) {
    const { configuration } = context.organization;
    const server = await oneConfiguration(context, 'ExchangeServer', Identity);
    const name = `${server.name}\\${Component}, ${Requester}`;
    const wish = await configuration.get('ServerComponentState', name);
    if ((State === 'Active') === (wish === undefined)) return [];
    const shown = async () => ({ States: componentStates(server, await configuration.list('ServerComponentState')).filter((state) => state['State'] === 'Inactive').map(({ Component: component, LocalStates }) => ({ Component: component, LocalStates })) });
    const before = await shown();
    await context.change({
      target: `${server.name}\\${Component}`,
      before,
      async apply() {
        if (wish === undefined) await configuration.create('ServerComponentState', name, { Server: server.name, Component, Requester });
        else await configuration.remove('ServerComponentState', wish.guid);
        return shown();
      },
      after: (states) => states,
    });
    return [];
  },
});
