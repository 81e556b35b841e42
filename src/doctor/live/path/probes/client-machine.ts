import { fail, pass, skipped } from '../../probe.ts';
import { takesModernAuthentication } from '../read-client-registry.ts';
import type { PathProbe } from '../path-case.ts';

/** Office on the person's machine decides whether a Bearer is sent at all. */
export const clientMachine: PathProbe = {
  id: 'client',
  title: 'Office on the person’s machine',
  run({ client }) {
    if (client === undefined) return Promise.resolve(skipped('its registry is not at hand: --client'));
    const { version, enableAdal, enableAdalKey } = client;
    const adal = enableAdal === undefined ? 'EnableADAL is not set' : `EnableADAL is ${enableAdal} under ${enableAdalKey ?? ''}`;
    if (takesModernAuthentication(client)) return Promise.resolve(pass(`${version}, ${adal}`));
    const isOld = version !== '' && Number(version.split('.')[0]) < 16 && enableAdal !== 0;
    const proof = isOld ? `Outlook is ${version}${version.startsWith('15.') ? ', which signs in by the modern way only where EnableADAL is 1' : ', which has no modern authentication'}; ${adal}.` : `${adal} (Outlook ${version}).`;
    return Promise.resolve(fail(proof, { cause: isOld ? 'h1-old-client' : 'h1-switched-off', proof, repair: [], undo: [] }));
  },
};
