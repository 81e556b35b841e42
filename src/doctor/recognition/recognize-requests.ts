import { causesOnTheWay } from '../evidence/rules/causes-on-the-way.ts';
import { createRequestFlows } from '../evidence/rules/request-flows.ts';
import { requestsInLines } from '../evidence/text/default-log-lines.ts';
import { catalogue } from '../knowledge/catalogue.ts';
import { letters, withoutQuotes } from './compact-text.ts';
import { rankCauses } from './recognize-failures.ts';
import type { Recognition } from './recognize-failures.ts';

const longestText = 200_000;

/**
 * What pasted lines of an IIS or HttpProxy log speak for: requests across organisations and of moves that Exchange refuses.
 * Since they stand in its log, nothing on the way refused them: that cause comes last.
 */
export function recognizeRequests(pasted: string): readonly Recognition[] {
  const flows = createRequestFlows();
  for (const { text, ...request } of requestsInLines(withoutQuotes(pasted.slice(0, longestText)))) {
    flows.add({ ...request, side: 'on-premises', flow: 'pasted', evidence: () => ({ file: `${request.status} ${request.path} · ${request.userAgent}`, line: 0, text }) });
  }
  return flows.conclude().flatMap(({ failure: id, cause, evidence: { file: by, text } }) => {
    const failure = catalogue.find((known) => known.id === id);
    if (failure === undefined) return [];
    const rankOf = (each: string): number => (each === cause ? 0 : each === causesOnTheWay[id] ? 2 : 1);
    return [{ failure, score: 1, coverage: 1, by, causes: rankCauses(failure, letters(text)).toSorted((a, b) => rankOf(a.id) - rankOf(b.id)) }];
  });
}
