import type { Place } from './failure.ts';

/** Where something is typed or done, for people. */
export const placeNames: Readonly<Record<Place, string>> = {
  'on-premises': 'Exchange Management Shell',
  cloud: 'Exchange Online PowerShell',
  tenant: 'Microsoft Graph PowerShell',
  server: 'Exchange server',
  network: 'network',
  client: 'client',
  wizard: 'wizard',
  agent: 'machine of the agent',
  relay: 'relay',
};
