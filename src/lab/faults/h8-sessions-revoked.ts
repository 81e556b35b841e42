import { grantFault } from './fault.ts';

export const sessionsRevoked = grantFault('h8-sessions-revoked', (UserId) => [{ session: 'Tenant', cmdlet: 'Revoke-MgUserSignInSession', parameters: { UserId } }]);
