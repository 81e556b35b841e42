import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { clientAccessOutput } from './client-access-output.ts';

export const setClientAccessService = defineExchangeCmdlet({
  name: 'Set-ClientAccessService',
  synopsis: 'Changes where a server sends clients inside for Autodiscover.',
  parameters: {
    Identity: identityToChange,
    AutoDiscoverServiceInternalUri: { type: 'url', nullable: true, description: 'The address that the service connection point names. There is no Active Directory here to read it from: it is kept and shown.' },
    AutoDiscoverSiteScope: { type: 'string', many: true, description: 'Sites that it is for. Kept and shown.' },
  },
  example: 'Set-ClientAccessService EX1 -AutoDiscoverServiceInternalUri https://mail.contoso.test/autodiscover/autodiscover.xml',
  roles: ['Exchange Servers'],
  side: 'OnPremises',
  async run(context, { Identity, AutoDiscoverSiteScope, ...changes }) {
    const former = await oneConfiguration(context, 'ExchangeServer', Identity);
    const scope = AutoDiscoverSiteScope === undefined ? {} : { AutoDiscoverSiteScope: applyMultiValued(former.properties.AutoDiscoverSiteScope ?? [], AutoDiscoverSiteScope) };
    return setConfiguration(context, 'ExchangeServer', former, { ...changes, ...scope }, { output: clientAccessOutput });
  },
});
