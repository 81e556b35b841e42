import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const setAcceptedDomain = defineExchangeCmdlet({
  name: 'Set-AcceptedDomain',
  synopsis: 'Changes how mail for a domain is taken, or makes it the default one.',
  parameters: {
    Identity: identityToChange,
    DomainType: { type: ['Authoritative', 'InternalRelay', 'ExternalRelay'], description: 'Whether all recipients are here (Authoritative), or some or all elsewhere.' },
    MatchSubDomains: { type: 'boolean', description: 'Whether domains below it count, too.' },
    AddressBookEnabled: { type: 'boolean', side: 'OnPremises', description: 'Whether recipients are looked up.' },
    MakeDefault: { type: 'boolean', side: 'OnPremises', description: '$true makes it the default domain in place of the former one.' },
    Name: { type: 'string', side: 'OnPremises', description: 'A new name of the object.' },
    OutboundOnly: { type: 'boolean', side: 'Cloud', refused: 'unlessFalse', description: 'Where mail of a domain goes is decided by its type and the outbound connectors.' },
  },
  example: 'Set-AcceptedDomain contoso.test -DomainType InternalRelay',
  roles: ['Remote and Accepted Domains'],
  async run(context, { Identity, Name, MakeDefault, ...changes }) {
    const { configuration } = context.organization;
    const former = await oneConfiguration(context, 'AcceptedDomain', Identity);
    if (MakeDefault === true) {
      for (const other of await configuration.list('AcceptedDomain')) {
        if (other.properties.Default && other.guid !== former.guid) await setConfiguration(context, 'AcceptedDomain', other, { Default: false });
      }
    }
    return setConfiguration(context, 'AcceptedDomain', former, { ...changes, ...(MakeDefault === undefined ? {} : { Default: MakeDefault }) }, { newName: Name });
  },
});
