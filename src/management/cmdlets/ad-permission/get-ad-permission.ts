import { oneConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';
import { account, adPermissionOutput } from './ad-permission-object.ts';

export const getAdPermission = defineExchangeCmdlet({
  name: 'Get-ADPermission',
  synopsis: 'Shows who has which rights on a server.',
  parameters: {
    Identity: { type: 'string', position: 0, pipeline: true, mandatory: true, description: 'The server.' },
    User: { type: 'string', description: 'Only entries for this account.' },
  },
  example: 'Get-ADPermission EX1 | Format-Table User,Deny,Inherited,ExtendedRights',
  roles: ['Active Directory Permissions', 'View-Only Configuration'],
  side: 'OnPremises',
  async run(context, { Identity, User }) {
    const server = await oneConfiguration(context, 'ExchangeServer', Identity);
    const wanted = User === undefined ? undefined : await account(context, User);
    const entries = await context.organization.configuration.list('AdPermission');
    return entries.filter(({ properties }) => properties.Object.toLowerCase() === server.name.toLowerCase() && (wanted === undefined || properties.User.toLowerCase() === wanted.toLowerCase())).map(adPermissionOutput);
  },
});
