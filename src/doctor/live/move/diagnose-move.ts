import type { Dispatcher } from 'undici';
import type { Clock } from '../../../foundation/index.ts';
import type { CmdletInvocation, CmdletSession } from '../../../management/index.ts';
import { firstAnswer } from '../first-answer.ts';
import { fail, NoSession, pass, setting, skipped, text, texts } from '../free-busy-case.ts';
import type { LookupOutcome } from '../free-busy-case.ts';
import { runProbes } from '../run-probes.ts';
import type { FreeBusyDiagnosis, Probe, ProbeFacts, ProbeReport } from '../run-probes.ts';

/** What the wizard said: the agent does not validate; or a migration endpoint cannot be made. */
export interface MoveCase {
  /** The published `/EWS/mrsproxy.svc`. */
  url: URL;
  sessions: { OnPremises?: CmdletSession };
  /** Does what failed. */
  validate?: () => Promise<LookupOutcome>;
  httpClient: Dispatcher;
  clock: Clock;
}

type MoveProbe = Probe<MoveCase, ProbeFacts>;

const serverRights = ['ms-Exch-EPI-Token-Serialization', 'ms-Exch-EPI-Impersonation'];

const validation: MoveProbe = {
  id: 'validation',
  title: 'the validation itself',
  async run({ validate }, facts) {
    if (validate === undefined) return skipped('nobody’s credentials are at hand');
    facts.lookup = await validate();
    return facts.lookup.ok ? pass(facts.lookup.detail) : { status: 'fail', detail: facts.lookup.text, findings: [] };
  },
};

const front: MoveProbe = {
  id: 'front',
  title: 'mrsproxy.svc reaches Exchange',
  async run(given) {
    const { status, isExchange, server } = await firstAnswer(given, given.url);
    if (isExchange || (status !== 403 && status !== 404)) return pass(`${status}`);
    return fail(`${status}, and not of Exchange`, { cause: 'a1-request-filtering', proof: `GET ${given.url.href} answers ${status}, and ${server === '' ? 'nothing in the answer is' : `it is ${server}, not`} Exchange’s (no X-FEServer).`, repair: [], undo: [] });
  },
};

const proxy: MoveProbe = {
  id: 'mrs-proxy',
  title: 'MRSProxyEnabled',
  async run(given) {
    const directories = await premises(given).invoke('Get-WebServicesVirtualDirectory');
    const off = directories.filter((each) => each['MRSProxyEnabled'] !== true);
    if (off.length === 0) return pass(`True on ${directories.length}`);
    return fail('False', ...off.map((each) => ({ cause: 'a1-mrsproxy-off', proof: `MRSProxyEnabled is False on "${text(each, 'Identity')}".`, ...setting('OnPremises', 'WebServicesVirtualDirectory', each, { MRSProxyEnabled: true }) })));
  },
};

const rights: MoveProbe = {
  id: 'server-rights',
  title: 'rights of “Exchange Servers” to hand identities on',
  async run(given) {
    const session = premises(given);
    const [server] = await session.invoke('Get-ExchangeServer');
    const Identity = text(server, 'Name');
    const entries = (await session.invoke('Get-ADPermission', { Identity })).filter((each) => /\\Exchange Servers$/i.test(text(each, 'User')));
    const missing = serverRights.filter((right) => !entries.some((each) => each['Deny'] !== true && (texts(each, 'AccessRights').includes('GenericAll') || texts(each, 'ExtendedRights').includes(right))));
    if (missing.length === 0) return pass(`${serverRights.length} of ${serverRights.length}`);
    const User = text(entries[0], 'User') || `${text(server, 'Domain').split('.')[0]?.toUpperCase() ?? 'CONTOSO'}\\Exchange Servers`;
    const change = (how: 'Add' | 'Remove'): CmdletInvocation[] => missing.map((right) => ({ session: 'OnPremises', cmdlet: `${how}-ADPermission`, parameters: { Identity, User, AccessRights: ['ExtendedRight'], ExtendedRights: [right], ...(how === 'Remove' ? { Confirm: false } : {}) } }));
    return fail(`missing: ${missing.join(', ')}`, { cause: 'a1-serialization-right', proof: `Get-ADPermission ${Identity}: ${User} does not have ${missing.join(' and ')}.`, repair: change('Add'), undo: change('Remove') });
  },
};

/** Finds out why moves through the published address are refused. Reads only. */
export function diagnoseMove(given: MoveCase, onProbe: (report: ProbeReport) => void = () => undefined): Promise<FreeBusyDiagnosis> {
  return runProbes<MoveCase, ProbeFacts>([validation, front, proxy, rights], given, {}, onProbe);
}

function premises({ sessions }: MoveCase): CmdletSession {
  if (sessions.OnPremises === undefined) throw new NoSession('there is no session with the on-premises organisation');
  return sessions.OnPremises;
}
