import { applyMultiValued } from '../../binding/parameter-definition.ts';
import { setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

export const setOrganizationConfig = defineExchangeCmdlet({
  name: 'Set-OrganizationConfig',
  synopsis: 'Changes the settings of the organisation.',
  parameters: {
    OAuth2ClientProfileEnabled: { type: 'boolean', description: 'Offers modern authentication to Outlook for Windows.' },
    EwsEnabled: { type: 'boolean', nullable: true, description: 'Allows or forbids EWS to everybody; $null leaves it to each mailbox.' },
    EwsApplicationAccessPolicy: { type: ['EnforceAllowList', 'EnforceBlockList'], nullable: true, description: 'Which list of user agents decides about EWS.' },
    EwsAllowList: { type: 'string', many: true, description: 'User agents that may use EWS under EnforceAllowList.' },
    EwsBlockList: { type: 'string', many: true, description: 'User agents that may not use EWS under EnforceBlockList.' },
    EwsAllowedAppIDs: { type: 'guid', many: true, side: 'Cloud', description: 'Applications that alone may use EWS.' },
    PublicFoldersEnabled: { type: ['None', 'Local', 'Remote'], refused: true, description: 'There are no public folders here.' },
    RemotePublicFolderMailboxes: { type: 'string', many: true, refused: true, description: 'There are no public folders here.' },
  },
  example: 'Set-OrganizationConfig -OAuth2ClientProfileEnabled $true',
  roles: ['Organization Configuration'],
  async run(context, { EwsAllowList, EwsBlockList, EwsAllowedAppIDs, ...changes }) {
    const former = await context.organization.configuration.singleton('OrganizationConfig');
    const { properties } = former;
    return setConfiguration(context, 'OrganizationConfig', former, {
      ...changes,
      ...(EwsAllowList === undefined ? {} : { EwsAllowList: applyMultiValued(properties.EwsAllowList, EwsAllowList) }),
      ...(EwsBlockList === undefined ? {} : { EwsBlockList: applyMultiValued(properties.EwsBlockList, EwsBlockList) }),
      ...(EwsAllowedAppIDs === undefined ? {} : { EwsAllowedAppIDs: applyMultiValued(properties.EwsAllowedAppIDs, EwsAllowedAppIDs) }),
    });
  },
});
