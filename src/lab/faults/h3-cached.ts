import { bert, signInFault, world } from './fault.ts';
import type { FaultStep } from './fault.ts';

const id = 'h3-cached';
const quarterOfAnHourMs = 15 * 60_000;

/** The switch was turned a moment ago, on a server that keeps settings for a while, as Exchange does. */
export const switchNotNoticed = signInFault(id, async () => {
  const keeps = world(id, { kind: 'server', settingsCacheMs: quarterOfAnHourMs });
  const set = (OAuth2ClientProfileEnabled: boolean): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-OrganizationConfig', parameters: { OAuth2ClientProfileEnabled } });
  return { inject: [set(false), ...keeps.inject, { signIn: bert, mayFail: true }, set(true)], undo: [set(true), ...keeps.undo] };
});
