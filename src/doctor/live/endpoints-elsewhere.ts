import { firstAnswer } from './first-answer.ts';
import { answeringSide } from './free-busy-case.ts';
import { text } from './probe.ts';
import type { FreeBusyCase, Route } from './free-busy-case.ts';

async function asked(given: FreeBusyCase, place: keyof FreeBusyCase['sessions'], cmdlet: string): Promise<readonly Record<string, unknown>[]> {
  return (await given.sessions[place]?.invoke(cmdlet).catch(() => [])) ?? [];
}

/** EWS addresses under which the answering side is published, by what its relay and its own virtual directories say. */
export async function publishedEndpoints(given: FreeBusyCase): Promise<readonly string[]> {
  const published = (await asked(given, 'Relay', 'Get-HybridApplication')).flatMap((application) => {
    const base = URL.parse(text(application, 'externalUrl') || text(application, 'ExternalUrl'));
    return base === null ? [] : [new URL('/EWS/Exchange.asmx', base).href];
  });
  return [...published, ...(await asked(given, answeringSide(given), 'Get-WebServicesVirtualDirectory')).map((each) => text(each, 'ExternalUrl'))].filter((each) => each !== '');
}

/** An address that answers as Exchange does: of other objects of the asking side, or one that is published. */
export async function otherEndpoint(given: FreeBusyCase, route: Route): Promise<string | undefined> {
  const others = [...(await asked(given, given.askingSide, 'Get-OrganizationRelationship')), ...(await asked(given, given.askingSide, 'Get-IntraOrganizationConnector'))].map((each) => text(each, 'TargetSharingEpr'));
  for (const candidate of new Set([...others, ...(await publishedEndpoints(given))])) {
    const url = URL.parse(candidate);
    if (url === null || candidate === text(route.object, 'TargetSharingEpr')) continue;
    const answer = await firstAnswer(given, url).catch(() => undefined);
    if (answer?.status === 401) return candidate;
  }
  return undefined;
}
