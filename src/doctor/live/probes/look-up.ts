import { pass, skipped } from '../probe.ts';
import type { FreeBusyProbe } from '../free-busy-case.ts';

/** The lookup itself, as the person does it. Its failure proves no cause: the later probes do. */
export const lookUp: FreeBusyProbe = {
  id: 'lookup',
  title: 'the lookup itself',
  async run({ lookUp: look }, facts) {
    if (look === undefined) return skipped('nobody’s credentials are at hand');
    facts.lookup = await look();
    return facts.lookup.ok ? pass(facts.lookup.detail) : { status: 'fail', detail: facts.lookup.text, findings: [] };
  },
};
