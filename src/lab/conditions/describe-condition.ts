import type { ConditionInput } from './condition.ts';

const partyNames = { sts: 'the token service', relay: 'the relay', agent: 'the agent', onPremises: 'the server on premises', cloud: 'Exchange Online', outside: 'everybody outside' } as const;
const certificateNames = { ours: '', unknownAuthority: 'shows a certificate of an authority that nobody knows', selfSigned: 'shows a self-signed certificate', expired: 'shows a certificate that has expired', endsSoon: 'shows a certificate that ends soon', otherName: 'shows a certificate for another name' } as const;

/** A condition in a sentence, for people. */
export function describeCondition(condition: ConditionInput): string {
  const whom = 'from' in condition && condition.from !== undefined ? ` for ${condition.from.map((source) => partyNames[source]).join(', ')}` : '';
  switch (condition.kind) {
    case 'clock':
      return `the clock of ${partyNames[condition.party]} is ${Math.abs(condition.offsetMs) / 1000} s ${condition.offsetMs < 0 ? 'slow' : 'fast'}`;
    case 'record':
      return condition.leadsTo === undefined ? `${condition.name} has no DNS record${whom}` : `${condition.name} leads to ${condition.leadsTo}${whom}`;
    case 'firewall':
      return `a firewall ${condition.action === 'drop' ? 'drops packets' : 'refuses connections'} to ${condition.to}${whom}`;
    case 'cut':
      return `a device ${condition.how === 'silence' ? 'lets nothing more through on' : 'resets'} connections to ${condition.hosts.join(', ')} ${condition.at === 'handshake' ? 'at the handshake' : 'when a request has been sent'}${whom}`;
    case 'device':
      return `a device in front of ${condition.hosts.join(', ')} ${deviceDeeds(condition).join(', ') || 'passes everything on'}${whom}`;
    case 'text':
      return `${condition.name} has the TXT record ${condition.text}`;
    case 'certificateRemoved':
      return `the certificate ${condition.thumbprint} is gone from the server on premises`;
    case 'recipientMissing':
      return `${condition.address} is no longer in the directory ${condition.side === 'cloud' ? 'of Exchange Online' : 'on premises'}`;
    case 'configuration':
      return `${condition.object} on premises has ${Object.entries(condition.properties).map(([name, value]) => `${name} ${value ?? '(nothing)'}`).join(', ')}`;
    case 'crowdedCalendar':
      return `an import left ${condition.entries} entries in the calendar of ${condition.address}`;
    case 'workingHours':
      return `${condition.address} works from minute ${condition.start} to minute ${condition.end} of the day`;
    case 'office':
      return `Office on the person’s machine: ${[condition.version, condition.enableAdal === undefined ? undefined : `EnableADAL ${condition.enableAdal}`].filter((each) => each !== undefined).join(', ')}`;
    case 'server':
      return `the server on premises ${[condition.settingsCacheMs === undefined ? '' : `keeps settings for ${condition.settingsCacheMs / 60_000} minutes`, condition.readsUnknownKeys === false ? 'reads the keys of issuers once a day' : ''].filter((each) => each !== '').join(' and ')}`;
    case 'agentVersion':
      return `the agent is of release ${condition.version}`;
    case 'diskFull':
      return 'the disk with the agent’s logs is full';
    case 'restarted':
      return `${partyNames[condition.party]} was started anew`;
    case 'stopped':
      return `${partyNames[condition.party]} is off`;
    default:
      return `the server on premises is of ${condition.version}`;
  }
}

function deviceDeeds({ certificate = 'ours', tls, onward, host, delayMs, answers = [], stripAuthorization, truncateAt }: Extract<ConditionInput, { kind: 'device' }>): string[] {
  return [
    certificateNames[certificate],
    tls?.maxVersion === undefined ? '' : `speaks no newer TLS than ${tls.maxVersion.replace('TLSv', '')}`,
    tls?.ciphers === undefined ? '' : `takes no other cipher suites than ${tls.ciphers}`,
    onward === 'plain' ? 'passes requests on without TLS' : '',
    host === undefined ? '' : `passes them on for the host ${host}`,
    delayMs === undefined ? '' : `takes ${delayMs / 1000} s for each`,
    stripAuthorization === true ? 'removes Authorization' : '',
    truncateAt === undefined ? '' : `ends answers after ${truncateAt} bytes`,
    ...answers.map(({ path, status }) => (status === 0 ? `resets requests for ${path}` : `answers ${path} with ${status} itself`)),
  ].filter((deed) => deed !== '');
}
