import { defineExchangeCmdlet } from '../exchange-context.ts';
import { adPermissionOutput, adPermissionParameters, entryName, wantedEntry } from './ad-permission-object.ts';

export const removeAdPermission = defineExchangeCmdlet({
  name: 'Remove-ADPermission',
  synopsis: 'Takes a right on a server away from an account.',
  parameters: adPermissionParameters,
  example: 'Remove-ADPermission EX1 -User "CONTOSO\\Exchange Servers" -AccessRights ExtendedRight -ExtendedRights "ms-Exch-EPI-Impersonation" -Confirm:$false',
  roles: ['Active Directory Permissions'],
  side: 'OnPremises',
  async run(context, { Identity, ...given }) {
    const { configuration } = context.organization;
    const entry = await wantedEntry(context, Identity, given);
    const present = await configuration.get('AdPermission', entryName(entry));
    if (present === undefined) {
      context.warn(`The appropriate access control entry isn't present on the object "${entry.Object}" for account "${entry.User}".`);
      return [];
    }
    await context.change({ target: present.name, before: adPermissionOutput(present), apply: () => configuration.remove('AdPermission', present.guid) });
    return [];
  },
});
