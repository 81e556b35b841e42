import { findAccount } from '../lab-info.ts';
import { grantFault } from './fault.ts';

/** The helpdesk reset it, to what it was. */
export const passwordChanged = grantFault('h8-password-changed', (UserPrincipalName, lab) => [{ session: 'Tenant', cmdlet: 'Set-MsolUserPassword', parameters: { UserPrincipalName, NewPassword: findAccount(lab, UserPrincipalName).password, ForceChangePassword: false } }]);
