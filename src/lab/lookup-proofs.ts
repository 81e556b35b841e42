import { createRequestId } from '../foundation/index.ts';
import type { LookupProof } from '../wizard/index.ts';
import type { LabClient } from './lab-client.ts';
import { findAccount } from './lab-info.ts';
import type { LabInfo } from './lab-info.ts';

const dayMs = 86_400_000;

/** One lookup in each direction, for the end of set-up: Anna (cloud) looks at Bert (on-premises), and he at her. */
export function lookupProofs(info: LabInfo, client: LabClient): readonly LookupProof[] {
  const proof = (title: string, from: string, to: string): LookupProof => ({
    title,
    async lookUp() {
      const start = Date.parse(info.startedAt);
      const asker = findAccount(info, from);
      const { address } = findAccount(info, to);
      const requestId = createRequestId();
      const answer = await client.lookUpFreeBusy({
        asker,
        requestId,
        authentication: 'Basic',
        request: {
          mailboxes: [{ email: { address }, attendeeType: 'Required', excludeConflicts: false }],
          freeBusyView: { window: { start, end: start + dayMs }, mergedFreeBusyIntervalInMinutes: 30, requestedView: 'FreeBusyMerged' },
        },
      });
      const outcome = answer.freeBusy?.[0];
      if (outcome?.ok === true) return { ok: true, detail: `${asker.address} sees ${address}, request id ${requestId}` };
      return { ok: false, detail: `${outcome?.failure.responseCode ?? 'no answer'}: ${outcome?.failure.messageText ?? ''} (request id ${requestId})` };
    },
  });
  return [proof('cloud to on-premises', 'anna', 'bert'), proof('on-premises to cloud', 'bert', 'anna')];
}
