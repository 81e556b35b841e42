import { anotherAuthCertificate } from './another-auth-certificate.ts';
import { toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

/** The new one was made the current one, and then removed in favour of the old one. */
export const otherThumbprint: Fault = {
  id: 'fb17-thumbprint',
  symptom: toCloud,
  trust: 'OAuth',
  async plan(sessions) {
    const { inject, undo, thumbprint } = await anotherAuthCertificate(sessions);
    return { inject: [...inject, { session: 'OnPremises', cmdlet: 'Remove-ExchangeCertificate', parameters: { Thumbprint: thumbprint, Confirm: false } }], undo };
  },
};
