import type { OfficeSettings } from '../outlook/office-registry.ts';
import { changed, modernAuthentication, together, world } from './fault.ts';
import type { Fault } from './fault.ts';

/** A client that offers passwords only, to servers that take none any more. */
export function passwordOnlyClient(id: string, settings: OfficeSettings): Fault {
  return {
    id,
    symptom: { signIn: 'bert' },
    trust: 'any',
    plan: async (sessions) => ({ ...world(id, { kind: 'office', ...settings }), environment: together(await modernAuthentication(sessions), await changed(sessions, 'OnPremises', 'WebServicesVirtualDirectory', { BasicAuthentication: false })) }),
  };
}
