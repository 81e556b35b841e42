import { forgetTokens, one, toOnPremises, world } from './fault.ts';
import { labNames } from '../lab-names.ts';
import type { Fault, FaultStep } from './fault.ts';

const id = 'fb25-metadata-url';
const retired = 'accounts.cloud.test';

/** The AuthServer reads from a name that has been retired since, and the issuer signs with a new key. */
export const metadataUrl: Fault = {
  id,
  symptom: toOnPremises,
  trust: 'OAuth',
  async plan(sessions) {
    const servers = await sessions.OnPremises.invoke('Get-AuthServer');
    const acs = servers.find(({ Type }) => Type === 'MicrosoftACS') ?? (await one(sessions, 'OnPremises', 'Get-AuthServer'));
    const set = (AuthMetadataUrl: unknown): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: acs['Name'], AuthMetadataUrl } });
    const name = world(id, { kind: 'record', name: retired, leadsTo: labNames.sts }, { kind: 'device', hosts: [retired], behind: labNames.sts });
    return {
      inject: [...name.inject, set(String(acs['AuthMetadataUrl']).replace(labNames.sts, retired)), ...name.undo, { rollSigningKey: true }, { session: 'Cloud', cmdlet: 'Set-FederationTrust', parameters: { Identity: 'MicrosoftOnline', RefreshMetadata: true } }, ...(await forgetTokens(sessions))],
      undo: [...name.undo, set(acs['AuthMetadataUrl']), { session: 'OnPremises', cmdlet: 'Set-FederationTrust', parameters: { Identity: 'Microsoft Federation Gateway', RefreshMetadata: true } }],
    };
  },
};
