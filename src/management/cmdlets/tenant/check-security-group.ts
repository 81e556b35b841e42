import { ManagementError } from '../../management-error.ts';

/** @throws ManagementError `MANAGEMENT_INVALID_VALUE` for a group that is for mail, or for nothing */
export function checkSecurityGroup(mailEnabled: boolean, securityEnabled: boolean): void {
  if (!mailEnabled && securityEnabled) return;
  throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Only security groups without mail can be made in the tenant’s directory.', { remedy: 'Give -MailEnabled as $false and -SecurityEnabled as $true; New-DistributionGroup makes groups that take mail.' });
}
