import { one, toCloud } from './fault.ts';
import type { Fault, FaultStep } from './fault.ts';

export const allowList: Fault = {
  id: 'n1-ews-allow-list',
  symptom: toCloud,
  trust: 'OAuth',
  needs: 'dedicated',
  async plan(sessions) {
    const { EwsEnabled, EwsAllowedAppIDs } = await one(sessions, 'Cloud', 'Get-OrganizationConfig');
    const set = (isEnabled: unknown, list: unknown): FaultStep => ({ session: 'Cloud', cmdlet: 'Set-OrganizationConfig', parameters: { EwsEnabled: isEnabled, EwsAllowedAppIDs: list } });
    return { inject: [set(true, ['00000000-1111-2222-3333-444444444444'])], undo: [set(EwsEnabled ?? null, EwsAllowedAppIDs ?? null)] };
  },
};
