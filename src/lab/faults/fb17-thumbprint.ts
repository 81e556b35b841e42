import { anotherAuthCertificate } from './another-auth-certificate.ts';
import { toCloud } from './fault.ts';
import type { Fault } from './fault.ts';

const id = 'fb17-thumbprint';

/** The new one was made the current one, and then removed in favour of the old one. */
export const otherThumbprint: Fault = {
  id,
  symptom: toCloud,
  trust: 'OAuth',
  async plan(sessions) {
    const { inject, undo, thumbprint } = await anotherAuthCertificate(sessions, id);
    return { inject: [...inject, { session: 'OnPremises', cmdlet: 'Remove-ExchangeCertificate', parameters: { Thumbprint: thumbprint, Confirm: false } }], undo };
  },
};
