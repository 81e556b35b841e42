import { forgetTokens, one, toOnPremises, world } from './fault.ts';
import type { Fault } from './fault.ts';

const id = 'fb25-stale-keys';

/** A server that reads the issuers' keys once a day, as Exchange does, and an issuer that has changed them since. */
export const staleKeys: Fault = {
  id,
  symptom: toOnPremises,
  trust: 'OAuth',
  async plan(sessions) {
    const servers = await sessions.OnPremises.invoke('Get-AuthServer');
    const acs = servers.find(({ Type }) => Type === 'MicrosoftACS') ?? (await one(sessions, 'OnPremises', 'Get-AuthServer'));
    const daily = world(id, { kind: 'server', readsUnknownKeys: false });
    return {
      inject: [...daily.inject, { rollSigningKey: true }, { session: 'Cloud', cmdlet: 'Set-FederationTrust', parameters: { Identity: 'MicrosoftOnline', RefreshMetadata: true } }, ...(await forgetTokens(sessions))],
      undo: [
        { session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: acs['Name'], RefreshAuthMetadata: true } },
        { session: 'OnPremises', cmdlet: 'Set-FederationTrust', parameters: { Identity: 'Microsoft Federation Gateway', RefreshMetadata: true } },
        ...daily.undo,
      ],
    };
  },
};
