import { ManagementError } from '../../management-error.ts';
import { newConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const newPartnerApplication = defineExchangeCmdlet({
  name: 'New-PartnerApplication',
  synopsis: 'Lets an application act in this organisation with server-to-server tokens.',
  parameters: {
    Name: { type: 'string', mandatory: true, position: 0, description: 'Name of the object.' },
    ApplicationIdentifier: { type: 'string', mandatory: true, description: 'Id of the application; its tokens come from an authorization server.' },
    UseAuthServer: { type: 'boolean', description: 'Only $true: applications that issue their own tokens are not accepted here.' },
    Realm: { type: 'string', nullable: true, side: 'OnPremises', description: 'The only tenant whose tokens are accepted; blank accepts any.' },
    AcceptSecurityIdentifierInformation: { type: 'boolean', description: 'Accepts SIDs of another trusted forest. Default $false.' },
    Enabled: { type: 'boolean', description: 'Default $true.' },
    LinkedAccount: { type: 'string', nullable: true, description: 'The account whose roles the application has.' },
  },
  example: 'New-PartnerApplication -Name "Exchange Online" -ApplicationIdentifier 00000002-0000-0ff1-ce00-000000000000',
  roles: ['Organization Client Access'],
  async run(context, { Name, ...properties }) {
    if (properties.UseAuthServer === false) throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'UseAuthServer must be $true for an application that is named by its ApplicationIdentifier.');
    return newConfiguration(context, 'PartnerApplication', Name, properties);
  },
});
