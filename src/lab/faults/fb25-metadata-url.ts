import { one, toOnPremises } from './fault.ts';
import { labNames } from '../lab-names.ts';
import type { Fault, FaultStep } from './fault.ts';

/** The address answers, and with the keys of another tenant’s issuer: none. */
export const metadataUrl: Fault = {
  id: 'fb25-metadata-url',
  symptom: toOnPremises,
  trust: 'OAuth',
  async plan(sessions) {
    const servers = await sessions.OnPremises.invoke('Get-AuthServer');
    const acs = servers.find(({ Type }) => Type === 'MicrosoftACS') ?? (await one(sessions, 'OnPremises', 'Get-AuthServer'));
    const set = (AuthMetadataUrl: unknown): FaultStep => ({ session: 'OnPremises', cmdlet: 'Set-AuthServer', parameters: { Identity: acs['Name'], AuthMetadataUrl } });
    return {
      inject: [set(`https://${labNames.cloud.mail}/autodiscover/metadata/json/1`), { rollSigningKey: true }],
      undo: [set(acs['AuthMetadataUrl']), { session: 'OnPremises', cmdlet: 'Set-FederationTrust', parameters: { Identity: 'Microsoft Federation Gateway', RefreshMetadata: true } }],
    };
  },
};
