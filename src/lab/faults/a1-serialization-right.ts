import { one } from './fault.ts';
import type { Fault, FaultStep } from './fault.ts';

const rights = ['ms-Exch-EPI-Token-Serialization', 'ms-Exch-EPI-Impersonation'];

/** Somebody cleaned permissions up. */
export const serializationRight: Fault = {
  id: 'a1-serialization-right',
  symptom: { move: true },
  trust: 'any',
  async plan(sessions) {
    const { Name: Identity } = await one(sessions, 'OnPremises', 'Get-ExchangeServer');
    const entry = (await sessions.OnPremises.invoke('Get-ADPermission', { Identity })).find(({ User }) => String(User).endsWith('\\Exchange Servers'));
    const change = (how: 'Add' | 'Remove'): FaultStep[] => rights.map((right) => ({ session: 'OnPremises', cmdlet: `${how}-ADPermission`, parameters: { Identity, User: entry?.['User'], AccessRights: ['ExtendedRight'], ExtendedRights: [right], ...(how === 'Remove' ? { Confirm: false } : {}) } }));
    return { inject: change('Remove'), undo: change('Add') };
  },
};
