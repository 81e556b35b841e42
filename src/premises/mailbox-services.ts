import type { Clock, Log } from '../foundation/index.ts';
import type { MailboxServices } from '../ews/index.ts';
import type { Organization, Recipient } from '../organization/index.ts';
import type { Transport } from '../transport/index.ts';

/**
 * What EWS needs of the organisation for its mailboxes. Accounts with the management role ApplicationImpersonation may act
 * as any user: `New-ManagementRoleAssignment -Role ApplicationImpersonation -User …` (Microsoft, "Configure impersonation").
 */
export function mailboxServices({ directory, mailboxes, mailSettings, configuration }: Organization, { mail, clock, log }: { mail: Transport; clock: Clock; log: Log }): MailboxServices {
  return {
    directory,
    mailboxes,
    mailSettings,
    mail,
    clock,
    log,
    async mayImpersonate(account) {
      const names = new Set(namesOf(account));
      const assignments = await configuration.list('ManagementRoleAssignment');
      return assignments.some(({ properties }) => properties.Enabled && properties.Role.toLowerCase() === 'applicationimpersonation' && [properties.RoleAssignee, properties.RoleAssigneeName].some((name) => names.has(name.toLowerCase())));
    },
  };
}

function namesOf(account: Recipient): readonly string[] {
  return [account.guid, account.alias, account.displayName, account.primarySmtpAddress, ...(account.userPrincipalName === undefined ? [] : [account.userPrincipalName])].map((name) => name.toLowerCase());
}
