import type { Dispatcher } from 'undici';
import type { Clock } from '../../foundation/index.ts';
import type { CmdletSession } from '../../management/index.ts';
import { firstAnswer } from './first-answer.ts';
import { fail, pass, skipped, text } from './probe.ts';
import type { Finding, ProbeOutcome } from './probe.ts';

/** Tokens are taken so long before and after (the validation's own limit). */
const toleranceMs = 5 * 60_000;

interface Asking {
  sessions: { OnPremises?: CmdletSession; Relay?: CmdletSession };
  httpClient: Dispatcher;
  clock: Clock;
}

/** Whoever takes longer is left out: what is slow is told by another probe. */
const patienceMs = 8_000;

const names = { 'p2-on-premises': 'the server on premises', 'p2-cloud': 'Exchange Online', 'p2-token-service': 'the token service', 'p2-relay': 'the relay' } as const;

/** The clocks of those who issue and take tokens, by the `Date` of their answers: who differs from most of them is wrong. */
export async function compareClocks(asking: Asking): Promise<ProbeOutcome> {
  const asked = await Promise.all(
    (await addresses(asking)).map(async ({ cause, url }) => {
      const answer = await firstAnswer({ ...asking, patienceMs }, url).catch(() => undefined);
      return answer?.skewMs === undefined ? undefined : { cause, url, skewMs: answer.skewMs };
    }),
  );
  const told = asked.filter((each) => each !== undefined);
  if (told.length === 0) return skipped('nobody tells the time');
  // This machine's clock is one more opinion, and may be the wrong one.
  const middle = median([0, ...told.map(({ skewMs }) => skewMs)]);
  const shown = told.map(({ cause, skewMs }) => `${names[cause]} ${seconds(skewMs - middle)}`).join(', ');
  const findings = told
    .filter(({ skewMs }) => Math.abs(skewMs - middle) > toleranceMs)
    .map(({ cause, url, skewMs }): Finding => ({ cause, proof: `The Date of an answer of ${url.host} is ${seconds(skewMs - middle)} from that of most: ${shown}. Tokens bear no more than 300 s.`, repair: [], undo: [] }));
  return findings.length > 0 ? fail(shown, ...findings) : pass(shown);
}

/** Where each is asked, by what the organisation on premises knows of them. */
async function addresses({ sessions }: Asking): Promise<{ cause: keyof typeof names; url: URL }[]> {
  const of = async (cmdlet: string): Promise<readonly Record<string, unknown>[]> => (await sessions.OnPremises?.invoke(cmdlet).catch(() => [])) ?? [];
  const first = (objects: readonly Record<string, unknown>[], ...properties: readonly string[]): URL | undefined => objects.flatMap((each) => properties.map((property) => URL.parse(text(each, property)))).find((url) => url !== null);
  const found = {
    'p2-on-premises': first(await of('Get-WebServicesVirtualDirectory'), 'ExternalUrl', 'InternalUrl'),
    'p2-cloud': first(await of('Get-IntraOrganizationConnector'), 'TargetSharingEpr', 'DiscoveryEndpoint'),
    'p2-relay': await relayAddress(sessions.Relay),
    'p2-token-service': first(await of('Get-AuthServer'), 'TokenIssuingEndpoint', 'AuthMetadataUrl'),
  };
  return (Object.keys(names) as (keyof typeof names)[]).flatMap((cause) => (found[cause] === undefined ? [] : [{ cause, url: found[cause] }]));
}

/** The relay's own name, at which it answers itself: that of a published address without its first label. */
async function relayAddress(relay: CmdletSession | undefined): Promise<URL | undefined> {
  const [application] = (await relay?.invoke('Get-HybridApplication').catch(() => [])) ?? [];
  const published = URL.parse(text(application, 'externalUrl'));
  return published === null ? undefined : (URL.parse(`https://${published.host.replace(/^[^.]+\./, '')}/`) ?? undefined);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) / 2)] ?? 0;
}

function seconds(ms: number): string {
  const whole = Math.round(ms / 1000);
  return `${whole < 0 ? '−' : '+'}${Math.abs(whole)} s`;
}
