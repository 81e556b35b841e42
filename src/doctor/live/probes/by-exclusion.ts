import { fail, pass, skipped } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';
import type { Finding } from '../probe.ts';
import { recognizeFailures } from '../../recognition/recognize-failures.ts';

/** What remains once every other probe has passed: causes that leave no other trace. */
export const byExclusion: FreeBusyProbe = {
  id: 'by-exclusion',
  title: 'what is left when all else is ruled out',
  async run(_, { lookup, hasFindings, answer, endpoint, route }) {
    if (lookup?.ok !== false) return skipped('nobody could repeat the lookup');
    if (hasFindings === true) return skipped('a cause is proved already');
    const failures = new Set(recognizeFailures(lookup.text).map(({ failure }) => failure.id));
    const left = (cause: string, proof: string): Finding => ({ cause, proof, repair: [], undo: [] });
    if (failures.has('FB24')) return fail('the calendar is too full', left('fb24-busy-calendar', `The organisation that has the calendar counted: ${/The allowed size = \d+; the actual size = \d+/.exec(lookup.text)?.[0] ?? 'more than it allows'}.`));
    const host = endpoint?.host ?? '';
    if (failures.has('FB4') && answer !== undefined) return fail('only some are let in', left('fb4-firewall', `${host} answers us with ${answer.status}, and does not let the servers of the asking side connect: somebody on the way decides by the address from which they come.`));
    if ((failures.has('FB7') || failures.has('FB8')) && answer !== undefined) return fail('only some are let through', left(route?.noun === 'AvailabilityAddressSpace' ? 'fb8-firewall' : 'fb7-firewall', `${host} answers us with ${answer.status}, and connections of the asking side are reset.`));
    if (failures.has('FB27') && answer?.isExchange === true) return fail('Exchange’s own answer is not whole', left('fb27-ews-crash', `${host} answers strangers as Exchange does (X-FEServer, ${answer.status}); what it answers to the lookup is not XML.`));
    if (failures.has('FB3') && route?.trust === 'DAuth') return fail('nothing explains it but IIS', left('fb3-wssecurity-stuck', 'Clock, application URI, the gateway’s certificates and WSSecurityAuthentication are all in order, and the server still refuses the message.'));
    return pass('nothing is left that leaves no trace');
  },
};
