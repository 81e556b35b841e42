const thirdOrganisation = 'It takes a third organisation, which the lab does not have.';
const microsoftsOwn = 'Only Microsoft’s own service has trusts of that kind; the lab’s never did.';

/** Why the lab does not bring a cause about: by its id. Every cause of the doctor's knowledge has a fault, or stands here. */
export const causesWithoutFault: Readonly<Record<string, string>> = {
  'fb3-stale-metadata': 'Here the same state is answered with the text of FB15: see fb15-gateway-rolled.',
  'fb7-federation-certificate': 'Here a server without it answers with the text of FB15 and closes nothing: see fb15-certificate-missing.',
  'fb7-personal-sharing': 'Sharing from person to person is not built.',
  'fb10-certificate': 'It points to FB6, FB17, FB25, FB26, FB33 and FB34, each of which has faults of its own.',
  'fb10-stale-cloud-trust': microsoftsOwn,
  'fb11-stale-cloud-trust': microsoftsOwn,
  'fb15-certificate-expired': 'The gateway registers no certificate that has expired, and the lab’s are younger than its clocks may be wrong.',
  'fb16-autodiscover-moved': thirdOrganisation,
  'fb19-immutable-id': 'Here it is answered with the text of FB23: see fb23-immutable-id.',
  'fb23-federation-server': 'The lab has no federation server of the organisation’s own.',
  'fb24b-time-zone': 'Here the mailbox’s own time zone takes its place, and the lookup works.',
  'fb25-stale-keys': 'Our servers read the keys anew by themselves when a token names one that they do not know; what keeps them from it is fb25-metadata-url.',
  'fb27-anonymous-off': 'Here it would be answered 401, which is FB10.',
  'fb30-outbound-blocked': 'Outlook says so only where the server never answers; on the server it is fb22-outbound-blocked and fb28-outbound-blocked.',
  'h2-wrong-default': 'An AuthServer of another kind that signs users in (ADFS) is not there to be the default.',
  'h3-cached': 'The lab’s servers take the switch at once.',
  'h7-not-matched': 'The lab’s accounts are all twins; one that is not has no password that its client knows.',
  'w1-auth-certificate': 'Here the wizard makes a new certificate and publishes it in the same run, so that it never warns of this.',
  'w1-connectors-disabled': 'Lookups go on over DAuth, and nobody notices: see fb9-disabled for when they do.',
  'w2-not-federated': 'An application that the gateway forgets cannot be registered again under its identifier, so nothing could put it back.',
};
