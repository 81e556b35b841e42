import { defineExchangeCmdlet } from '../exchange-context.ts';
import { adPermissionOutput, adPermissionParameters, entryName, wantedEntry } from './ad-permission-object.ts';

export const addAdPermission = defineExchangeCmdlet({
  name: 'Add-ADPermission',
  synopsis: 'Gives an account a right on a server. Without the servers’ own two rights, requests for moves are refused (403).',
  parameters: {
    ...adPermissionParameters,
  },
  example: 'Get-ClientAccessService | Add-ADPermission -AccessRights ExtendedRight -ExtendedRights "ms-Exch-EPI-Token-Serialization" -User "CONTOSO\\Exchange Servers"',
  roles: ['Active Directory Permissions'],
  side: 'OnPremises',
  async run(context, { Identity, ...given }) {
    const { configuration } = context.organization;
    const entry = await wantedEntry(context, Identity, given);
    const name = entryName(entry);
    const present = await configuration.get('AdPermission', name);
    if (present !== undefined) {
      context.warn(`The appropriate access control entry is already present on the object "${entry.Object}" for account "${entry.User}".`);
      return [adPermissionOutput(present)];
    }
    const created = await context.change({ target: name, apply: () => configuration.create('AdPermission', name, entry), after: adPermissionOutput });
    return created === undefined ? [] : [adPermissionOutput(created)];
  },
});
