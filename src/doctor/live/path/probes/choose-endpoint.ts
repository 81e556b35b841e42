import { pass, sessionOf, skipped, text } from '../../probe.ts';
import type { PathProbe } from '../path-case.ts';

/** What a client would ask: the address that was given, or the one that EWS is published under. */
export const modernEndpoint: PathProbe = {
  id: 'endpoint',
  title: 'the address of EWS',
  async run(given, facts) {
    facts.url = given.url;
    if (facts.url !== undefined) return pass(`${facts.url.href}, as given`);
    const directories = await sessionOf(given, 'OnPremises').invoke('Get-WebServicesVirtualDirectory');
    const url = directories.map((each) => URL.parse(text(each, 'ExternalUrl') || text(each, 'InternalUrl'))).find((each) => each !== null);
    if (url === undefined) return skipped('no address was given, and EWS has none');
    facts.url = url;
    return pass(url.href);
  },
};

/** What moves go through: the migration endpoint of Exchange Online; before there is one, the relay’s published address, or that of EWS. */
export const moveEndpoint: PathProbe = {
  id: 'published-endpoint',
  title: 'the address for moves',
  async run(given, facts) {
    const { sessions } = given;
    const endpoints = given.url === undefined ? ((await sessions.Cloud?.invoke('Get-MigrationEndpoint').catch(() => [])) ?? []) : [];
    const server = endpoints.map((each) => text(each, 'RemoteServer')).find((each) => each !== '');
    if (server === undefined) {
      const published = given.url !== undefined || ((await sessions.Relay?.invoke('Get-HybridApplication').catch(() => [])) ?? []).length > 0;
      return published || sessions.OnPremises === undefined ? agentEndpoint.run(given, facts) : modernEndpoint.run(given, facts);
    }
    facts.url = new URL(`https://${server}/EWS/Exchange.asmx`);
    return pass(`${facts.url.href}, of the migration endpoint`);
  },
};

/** What the cloud would ask: the published application of the relay. */
export const agentEndpoint: PathProbe = {
  id: 'published-endpoint',
  title: 'the published address',
  async run(given, facts) {
    facts.url = given.url;
    if (facts.url !== undefined) return pass(`${facts.url.href}, as given`);
    const [application] = await sessionOf(given, 'Relay').invoke('Get-HybridApplication');
    const base = URL.parse(text(application, 'externalUrl') || text(application, 'ExternalUrl'));
    if (base === null) return skipped('the relay publishes no application');
    facts.url = new URL('/EWS/Exchange.asmx', base);
    return pass(facts.url.href);
  },
};
