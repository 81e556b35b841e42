import { recognizeFailures } from '../../../recognition/recognize-failures.ts';
import { fail, pass, sessionOf, setting, skipped, text } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

export const neverSwitchedOn = 'modern authentication was never switched on';

export const clientProfile: PathProbe = {
  id: 'client-profile',
  title: 'modern authentication of the organisation',
  async run(given, facts) {
    const { lookup } = facts;
    const session = sessionOf(given, 'OnPremises');
    const [configuration = {}] = await session.invoke('Get-OrganizationConfig');
    if (configuration['OAuth2ClientProfileEnabled'] === true) {
      if (lookup?.ok !== false || !recognizeFailures(lookup.text).some(({ failure }) => failure.id === 'H3')) return pass('OAuth2ClientProfileEnabled is True');
      return fail('it is on, and the server does not know', { cause: 'h3-cached', proof: `Get-OrganizationConfig: OAuth2ClientProfileEnabled is True (changed ${text(configuration, 'WhenChangedUTC') || 'at a time that is not known'}). The server still answers: ${lookup.text}`, repair: [{ session: 'OnPremises', cmdlet: 'Restart-Service', parameters: { Name: ['W3SVC'] } }], undo: [], noUndo: 'A restart changes no setting.' });
    }
    if (given.isModernExpected === false && (await session.invoke('Get-AuthServer')).every((each) => each['IsDefaultAuthorizationEndpoint'] !== true)) {
      facts.isModernOff = true;
      return skipped(neverSwitchedOn);
    }
    const change = setting('OnPremises', 'OrganizationConfig', configuration, { OAuth2ClientProfileEnabled: true });
    // The one object of its kind takes no identity.
    const bare = (invocations: typeof change.repair): typeof change.repair => invocations.map(({ parameters, ...rest }) => ({ ...rest, parameters: Object.fromEntries(Object.entries(parameters).filter(([name]) => name !== 'Identity')) }));
    return fail('it is switched off', { cause: 'h3-profile-off', proof: 'Get-OrganizationConfig: OAuth2ClientProfileEnabled is not True.', repair: bare(change.repair), undo: bare(change.undo) });
  },
};
