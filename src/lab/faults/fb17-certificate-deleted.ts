import { one, toCloud, world } from './fault.ts';
import type { Fault } from './fault.ts';

const id = 'fb17-certificate-deleted';

export const authCertificateDeleted: Fault = {
  id,
  symptom: toCloud,
  trust: 'OAuth',
  async plan(sessions) {
    const { CurrentCertificateThumbprint } = await one(sessions, 'OnPremises', 'Get-AuthConfig');
    return world(id, { kind: 'certificateRemoved', thumbprint: String(CurrentCertificateThumbprint) });
  },
};
