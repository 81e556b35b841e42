import { one, toCloud } from './fault.ts';
import type { Fault, FaultStep } from './fault.ts';

const set = (ServiceName: unknown): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-AuthConfig', parameters: { ServiceName } });

export const serviceName: Fault = {
  id: 'fb26-service-name',
  symptom: toCloud,
  trust: 'OAuth',
  async plan(sessions) {
    const { ServiceName } = await one(sessions, 'OnPremises', 'Get-AuthConfig');
    return { inject: [set('00000004-0000-0ff1-ce00-000000000000')], undo: [set(ServiceName)] };
  },
};
