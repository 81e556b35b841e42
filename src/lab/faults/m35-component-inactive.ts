import { one, toOnPremises } from './fault.ts';
import type { Fault, FaultStep } from './fault.ts';

export const componentInactive: Fault = {
  id: 'm35-component-inactive',
  symptom: toOnPremises,
  trust: 'any',
  async plan(sessions) {
    const { Name } = await one(sessions, 'OnPremises', 'Get-ExchangeServer');
    const set = (State: string): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-ServerComponentState', parameters: { Identity: Name, Component: 'EwsProxy', State, Requester: 'Maintenance' } });
    return { inject: [set('Inactive')], undo: [set('Active')] };
  },
};
