import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const noBearer: Failure = {
  id: 'H1',
  title: 'Outlook does not send “Authorization: Bearer”',
  texts: ['Authn: Negotiate* in Connection Status, no Bearer header in the trace', 'EnableADAL = 0'],
  marks: ['EnableADAL', 'DisableModernAuth'],
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'A client that can sign in by modern authentication sends an empty “Authorization: Bearer” with its first request. Exchange answers that with the address of the token service. A client that does not send it is never told, and falls back to Negotiate, NTLM or a password prompt. See it with Ctrl + right-click on Outlook’s tray icon, Connection Status: the column Authn says Negotiate instead of Bearer.',
  causes: [
    {
      id: 'h1-switched-off',
      title: 'Modern authentication is switched off on the machine',
      why: 'A registry value or a policy from years ago: EnableADAL 0 in Windows, DisableModernAuth on a Mac.',
      proof: [{ on: 'client', run: 'Get-ItemProperty HKCU:\\Software\\Microsoft\\Office\\16.0\\Common\\Identity, HKCU:\\Software\\Policies\\Microsoft\\Office\\16.0\\Common\\Identity -Name EnableADAL', expect: 'EnableADAL: 0. Nothing is well: on is the default since Outlook 2016' }, { on: 'client', run: 'defaults read com.microsoft.Outlook DisableModernAuth', expect: 'On a Mac: 1' }],
      repair: [{ on: 'client', run: 'Remove-ItemProperty HKCU:\\Software\\Microsoft\\Office\\16.0\\Common\\Identity -Name EnableADAL' }, { on: 'client', act: 'Where the value stands under Policies it comes back by itself: remove it from the group policy.' }, { on: 'client', run: 'defaults write com.microsoft.Outlook DisableModernAuth -bool NO', expect: 'On a Mac' }],
      risk: 'The value holds for all of Office: the user’s other programs sign in by modern authentication as well.',
    },
    {
      id: 'h1-old-client',
      title: 'The client is too old',
      why: 'Outlook 2010 cannot do it at all; Outlook 2013 does it only where EnableADAL and Version are both 1.',
      proof: [{ on: 'client', act: 'File, Office Account, About Outlook: 14.x is Outlook 2010, 15.x is 2013 (it needs 15.0.4753 or later; that figure is unverified).' }],
      repair: [{ on: 'client', act: 'Update Outlook. For 2013 set EnableADAL and Version to 1 under HKCU\\Software\\Microsoft\\Office\\15.0\\Common\\Identity.' }],
      risk: 'None for others. Both versions are out of support.',
    },
  ],
  check: [{ on: 'client', act: 'Restart Outlook; Connection Status shows Bearer in the column Authn.' }],
  prevention: 'Look for EnableADAL in group policies before you switch hybrid modern authentication on.',
  references: [configureHma, announcingHma],
};
