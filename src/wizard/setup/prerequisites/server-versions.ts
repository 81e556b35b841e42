import { isTrue } from '../../observed.ts';
import { seenIn } from '../decide-settings.ts';
import { serversSeen, tooEarlyForDedicated } from '../exchange-build.ts';
import type { Prerequisite } from './prerequisite.ts';

/** Exchange 2010 takes no part in OAuth, and its Client Access server cannot be behind a load balancer of the agent (seeds). */
export const serverVersions: Prerequisite = {
  id: 'server-versions',
  title: 'Exchange versions',
  check({ snapshot, settings }) {
    const servers = serversSeen(snapshot);
    if (servers.length === 0) return { outcome: 'unknown', found: 'Get-ExchangeServer shows no server.', remedy: 'Collect the evidence with an account of Organization Management.' };
    const older = servers.filter(({ build }) => build[0] > 0 && build[0] < 14);
    if (older.length > 0) return { outcome: 'failed', found: `${older.map(({ name, version }) => `${name}: ${version}`).join('; ')} is older than Exchange 2010.`, remedy: 'Remove these servers, or upgrade them.' };
    const withRoles = seenIn(snapshot, 'OnPremises', 'Get-ExchangeServer').filter((server) => typeof server['IsClientAccessServer'] === 'boolean');
    if (withRoles.length === servers.length && !withRoles.some((server) => isTrue(server, 'IsClientAccessServer'))) return { outcome: 'failed', found: 'HCW8008 - No server has the Client Access role.', remedy: 'Install it on one, or begin with a later version of Exchange, whose Mailbox servers have it.' };
    const legacy = servers.filter(({ build }) => build[0] === 14);
    if (legacy.length > 0) {
      const names = legacy.map(({ name }) => name).join(', ');
      const isOAuth = settings.configuration === 'Full' && settings.freeBusy === 'oauth';
      return {
        outcome: isOAuth ? 'failed' : 'warning',
        found: `Exchange 2010 is still there: ${names}. It knows no OAuth, so neither OAuth for its mailboxes nor hybrid modern authentication; the agent must not lead to a load balancer with it.`,
        remedy: isOAuth ? 'Choose --free-busy dauth or both, or remove these servers.' : 'Lead the agent to a server of a later version.',
      };
    }
    const early = servers.filter(({ build }) => build[0] === 15 && build[1] === 0 && build[2] < 1497);
    if (early.length > 0) return { outcome: 'warning', found: `${early.map(({ name, version }) => `${name}: ${version}`).join('; ')} lacks the last cumulative update of Exchange 2013 (CU23).`, remedy: 'Install it: earlier ones fail in lookups over OAuth (“must specify the explicit local mailbox”).' };
    const notDedicated = settings.dedicatedApplication ? tooEarlyForDedicated(snapshot) : [];
    if (notDedicated.length > 0) {
      return { outcome: 'failed', found: `${notDedicated.map(({ name, version }) => `${name}: ${version}`).join('; ')} does not know the dedicated hybrid application.`, remedy: 'Install the hotfix update of April 2025 or a later one. With --no-dedicated-application servers call as the shared principal, which Exchange Online has shut out since 31 October 2025.' };
    }
    return { outcome: 'met', found: servers.map(({ name, version }) => `${name} ${version.replace(/^Version /, '')}`).join('; ') };
  },
};
