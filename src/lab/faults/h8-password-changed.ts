import { findAccount } from '../lab-info.ts';
import { grantFault } from './fault.ts';

/** The helpdesk reset it, to what it was. */
export const passwordChanged = grantFault('h8-password-changed', (UserId, lab) => [{ session: 'Tenant', cmdlet: 'Update-MgUser', parameters: { UserId, PasswordProfile: { Password: findAccount(lab, UserId).password, ForceChangePasswordNextSignIn: false } } }]);
