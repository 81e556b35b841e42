import { errorCode } from '../../foundation/index.ts';
import type { CmdletSession } from '../../management/index.ts';
import { capitalized, fail, pass, sideNames, skipped } from './probe.ts';
import type { Finding, ProbeFacts, ProbeOutcome } from './probe.ts';

type Sessions = Partial<Record<keyof typeof sideNames, CmdletSession>>;

/** Cmdlets that show little, and by which each party answers. */
const harmless = { OnPremises: 'Get-OrganizationConfig', Cloud: 'Get-OrganizationConfig', Tenant: 'Get-MsolCompanyInformation', Relay: 'Get-HybridAgent' } as const;
const causes = { OnPremises: 'p1-on-premises', Cloud: 'p1-cloud', Tenant: 'p1-token-service', Relay: 'p1-relay' } as const;
const unreachable: ReadonlySet<string> = new Set(['MANAGEMENT_UNREACHABLE', 'IDENTITY_STS_ADMIN_FAILED', 'RELAY_ADMIN_UNREACHABLE']);

/**
 * Which of the parties answer their administrator. The sessions of those that do not are taken out of `sessions`, so that
 * later probes are skipped, and take silence for no setting.
 */
export async function findSilentParties(sessions: Sessions, facts: ProbeFacts): Promise<ProbeOutcome> {
  const findings: Finding[] = [];
  const answered: string[] = [];
  const places = (['OnPremises', 'Cloud', 'Tenant', 'Relay'] as const).filter((place) => sessions[place] !== undefined);
  await Promise.all(
    places.map(async (place) => {
      try {
        await sessions[place]?.invoke(harmless[place]);
        answered.push(sideNames[place]);
      } catch (error) {
        if (!unreachable.has(errorCode(error) ?? '')) {
          answered.push(sideNames[place]);
          return;
        }
        delete sessions[place];
        facts.hidden = [...(facts.hidden ?? []), `how ${sideNames[place]} is configured, because it does not answer its administrator`];
        findings.push({ cause: causes[place], proof: `${capitalized(sideNames[place])} does not answer its administrator: ${reasons(error)}`, repair: [], undo: [] });
      }
    }),
  );
  if (findings.length > 0) return fail(findings.map(({ proof }) => proof).join(' '), ...findings);
  return places.length > 0 ? pass(answered.join(', ')) : skipped('there is no session');
}

/** What went wrong, down to the network's own words. */
function reasons(error: unknown): string {
  const said: string[] = [];
  for (let each: unknown = error; each instanceof Error && said.length < 4; each = each.cause) said.push(each.message);
  return [...new Set(said)].join(' ');
}
