const thirdOrganisation = 'It takes a third organisation, which the lab does not have.';
const microsoftsOwn = 'Only Microsoft’s own service has trusts of that kind; the lab’s never did.';

/** Why the lab does not bring a cause about: by its id. Every cause of the doctor's knowledge has a fault, is the same state as one that has, or stands here. */
export const causesWithoutFault: Readonly<Record<string, string>> = {
  'fb7-personal-sharing': 'Sharing from person to person is not built.',
  'fb10-stale-cloud-trust': microsoftsOwn,
  'fb11-stale-cloud-trust': microsoftsOwn,
  'p3-agent': 'Agents renew theirs, and the relay its authority, long before; what would keep them from it is p2-agent or p1-relay.',
  'fb16-autodiscover-moved': thirdOrganisation,
  'fb23-federation-server': 'The lab has no federation server of the organisation’s own.',
  'fb24b-time-zone': 'Here the mailbox’s own time zone takes its place, and the lookup works.',
  'fb27-anonymous-off': 'Here it would be answered 401, which is FB10.',
  'w1-connectors-disabled': 'Where relationships take over, lookups go on over DAuth and nobody notices; where none does, it is fb9-disabled.',
};
