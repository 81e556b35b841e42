import { serverComponents } from '../../../organization/index.ts';
import { oneConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { componentStates } from './component-states.ts';

export const getServerComponentState = defineExchangeCmdlet({
  name: 'Get-ServerComponentState',
  synopsis: 'Shows which components of a server work and which rest.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'The server.' },
    Component: { type: serverComponents, description: 'Only this one.' },
  },
  example: 'Get-ServerComponentState EX1 | Format-Table Component,State',
  roles: ['Exchange Servers', 'View-Only Configuration'],
  side: 'OnPremises',
  async run(context, { Identity, Component }) {
    const server = await oneConfiguration(context, 'ExchangeServer', Identity);
    const states = componentStates(server, await context.organization.configuration.list('ServerComponentState'));
    return states.filter((state) => Component === undefined || state['Component'] === Component);
  },
});
