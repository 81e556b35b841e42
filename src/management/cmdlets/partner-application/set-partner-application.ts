import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const setPartnerApplication = defineExchangeCmdlet({
  name: 'Set-PartnerApplication',
  synopsis: 'Changes an application that may act in this organisation.',
  parameters: {
    Identity: identityToChange,
    Name: { type: 'string', description: 'A new name.' },
    ApplicationIdentifier: { type: 'string', description: 'Id of the application.' },
    Realm: { type: 'string', nullable: true, side: 'OnPremises', description: 'The only tenant whose tokens are accepted; blank accepts any.' },
    AcceptSecurityIdentifierInformation: { type: 'boolean', description: 'Accepts SIDs of another trusted forest.' },
    Enabled: { type: 'boolean', description: 'A disabled application is refused.' },
    LinkedAccount: { type: 'string', nullable: true, description: 'The account whose roles the application has.' },
  },
  example: 'Set-PartnerApplication "Exchange Online" -LinkedAccount "contoso.test/Users/Exchange Online-ApplicationAccount"',
  roles: ['Organization Client Access'],
  async run(context, { Identity, Name, ...changes }) {
    const former = await oneConfiguration(context, 'PartnerApplication', Identity);
    return setConfiguration(context, 'PartnerApplication', former, changes, { newName: Name });
  },
});
