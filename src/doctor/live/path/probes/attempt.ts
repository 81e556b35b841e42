import { pass, skipped } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

/** What failed, once more. Its failure proves no cause: the later probes do. */
export const attempt: PathProbe = {
  id: 'attempt',
  title: 'the attempt itself',
  async run({ attempt: run }, facts) {
    if (run === undefined) return skipped('nobody’s credentials are at hand');
    facts.lookup = await run();
    return facts.lookup.ok ? pass(facts.lookup.detail) : { status: 'fail', detail: facts.lookup.text, findings: [] };
  },
};
