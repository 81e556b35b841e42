import { one, toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

export const overrideMissing: Fault = {
  id: 'n1-override-missing',
  symptom: toCloud,
  trust: 'OAuth',
  needs: 'dedicated',
  async plan(sessions) {
    const { Name, ComponentName, SectionName, Parameters, Reason } = await one(sessions, 'OnPremises', 'Get-SettingOverride');
    return {
      inject: [{ session: 'OnPremises', cmdlet: 'Remove-SettingOverride', parameters: { Identity: Name, Confirm: false } }],
      undo: [{ session: 'OnPremises', cmdlet: 'New-SettingOverride', parameters: { Name, Component: ComponentName, Section: SectionName, Parameters, Reason } }],
    };
  },
};
