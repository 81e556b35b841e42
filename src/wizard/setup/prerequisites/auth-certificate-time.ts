import { isTrue, textOf } from '../../observed.ts';
import { seenIn } from '../decide-settings.ts';
import type { Prerequisite } from './prerequisite.ts';

const dayMs = 86_400_000;

export const authCertificateTime: Prerequisite = {
  id: 'auth-certificate',
  title: 'Auth certificate',
  check({ snapshot, now }) {
    const thumbprint = textOf(seenIn(snapshot, 'OnPremises', 'Get-AuthConfig')[0], 'CurrentCertificateThumbprint');
    const certificate = seenIn(snapshot, 'OnPremises', 'Get-ExchangeCertificate').find((found) => textOf(found, 'Thumbprint') === thumbprint);
    if (certificate === undefined) return { outcome: 'warning', found: thumbprint === '' ? 'AuthConfig names no certificate.' : `AuthConfig names ${thumbprint}, which is not in the store (“Missing signing certificate”).`, remedy: 'Set-up makes one and names it; restart the application pools afterwards (iisreset).' };
    const notAfter = Date.parse(textOf(certificate, 'NotAfter'));
    if (Number.isNaN(notAfter)) return { outcome: 'unknown', found: `The end of ${thumbprint} is not known.` };
    const days = Math.floor((notAfter - now) / dayMs);
    if (days < 30) return { outcome: 'warning', found: `${thumbprint} ${days < 0 ? `expired ${-days} days ago` : `expires in ${days} days`}.`, remedy: 'Set-up makes a new one and names it. Restart the application pools afterwards (iisreset).' };
    if (certificate['HasPrivateKey'] !== undefined && !isTrue(certificate, 'HasPrivateKey')) return { outcome: 'failed', found: `The store has ${thumbprint} without its key.`, remedy: 'Import it with its key, or make a new one: hybridge certificates renew auth --force.' };
    return { outcome: 'met', found: `${thumbprint}, ${days} days left` };
  },
};
