import type { Failure } from '../failure.ts';
import { announcingHma, configureHma } from '../references.ts';

export const noBearer: Failure = {
  id: 'H1',
  title: 'Outlook does not send “Authorization: Bearer”',
  texts: ['Authn: Negotiate* in Connection Status, no Bearer header in the trace', 'EnableADAL = 0'],
  marks: ['EnableADAL', 'DisableModernAuth'],
  directions: ['client → on-premises'],
  authentication: ['modern authentication'],
  underneath: 'A client that can do modern authentication offers an empty Bearer with its first request. Without it the server never mentions where a token is to be had, and the client falls back to a password.',
  causes: [
    {
      id: 'h1-switched-off',
      title: 'Modern authentication is switched off on the machine',
      why: 'A registry value or a policy from years ago: EnableADAL 0, or DisableModernAuth on a Mac.',
      proof: [{ on: 'client', run: 'Get-ItemProperty HKCU:\\Software\\Microsoft\\Office\\16.0\\Common\\Identity, HKCU:\\Software\\Policies\\Microsoft\\Office\\16.0\\Common\\Identity -Name EnableADAL', expect: 'EnableADAL: 0' }],
      repair: [{ on: 'client', run: 'Remove-ItemProperty HKCU:\\Software\\Microsoft\\Office\\16.0\\Common\\Identity -Name EnableADAL' }, { on: 'client', run: 'defaults write com.microsoft.Outlook DisableModernAuth -bool NO', expect: 'On a Mac' }],
      risk: 'Other Office programs of the user sign in by the modern way too.',
    },
    {
      id: 'h1-old-client',
      title: 'The client is too old',
      why: 'Outlook 2010 cannot do it at all; Outlook 2013 only with EnableADAL 1 and Version 1.',
      proof: [{ on: 'client', act: 'File, Office Account, About Outlook: below 15.0.4753, or 2010.' }],
      repair: [{ on: 'client', act: 'Update Outlook. For 2013 set EnableADAL and Version to 1 under HKCU\\Software\\Microsoft\\Office\\15.0\\Common\\Identity.' }],
      risk: 'None.',
    },
  ],
  check: [{ on: 'client', act: 'Restart Outlook; Connection Status shows Bearer in the column Authn.' }],
  prevention: 'Look for EnableADAL in group policies before you switch hybrid modern authentication on.',
  references: [configureHma, announcingHma],
};
