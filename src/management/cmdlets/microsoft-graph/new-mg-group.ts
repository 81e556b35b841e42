import { checkSecurityGroup } from '../tenant/check-security-group.ts';
import { defineGraphWriter, requireProperties } from './define-graph-writer.ts';
import { graphGroupOutput } from './graph-output.ts';

export const newMgGroup = defineGraphWriter({
  name: 'New-MgGroup',
  synopsis: 'Makes a security group of the tenant.',
  parameters: {
    DisplayName: { type: 'string', description: 'The name. Microsoft Graph insists on it, as on the three next.' },
    MailEnabled: { type: 'switch', description: 'Only -MailEnabled:$false: groups that take mail are Exchange’s.' },
    MailNickname: { type: 'string', description: 'Accepted and without effect: the group takes no mail.' },
    SecurityEnabled: { type: 'switch', description: 'A security group.' },
    GroupTypes: { type: 'string', many: true, refused: true, description: 'There are security groups alone: no Microsoft 365 Groups, no dynamic ones.' },
  },
  example: "New-MgGroup -DisplayName 'Relay administrators' -MailEnabled:$false -MailNickname relay-administrators -SecurityEnabled",
  async run({ directory, tenantId, change }, given) {
    requireProperties('Group', given, ['DisplayName', 'MailEnabled', 'MailNickname', 'SecurityEnabled']);
    checkSecurityGroup(given.MailEnabled, given.SecurityEnabled);
    const made = await change(given.DisplayName, () => directory.createGroup(tenantId, given.DisplayName));
    return made === undefined ? [] : [graphGroupOutput(made)];
  },
});
