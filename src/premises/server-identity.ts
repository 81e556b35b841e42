import type { ServerVersion } from '../ews/index.ts';
import type { Organization } from '../organization/index.ts';
import { PremisesError } from './premises-error.ts';

export interface ServerIdentity {
  /** Short name, `EX1`: what X-FEServer and error details show. */
  name: string;
  fqdn: string;
  version: ServerVersion;
}

/**
 * Which server of its organisation this party is: the one that its configuration has. Its version is what that object
 * says (`Version 15.2 (Build 2562.41)`), since it decides what the server is known to get wrong.
 *
 * @throws PremisesError `PREMISES_NO_SERVER`
 */
export async function readServerIdentity({ configuration }: Organization, serverName?: string): Promise<ServerIdentity> {
  const servers = await configuration.list('ExchangeServer');
  const server = serverName === undefined ? servers[0] : servers.find(({ name }) => name.toLowerCase() === serverName.toLowerCase());
  const [, major, minor, build, revision] = /Version (\d+)\.(\d+) \(Build (\d+)\.(\d+)\)/.exec(server?.properties.AdminDisplayVersion ?? '') ?? [];
  if (server === undefined || revision === undefined) {
    throw new PremisesError('PREMISES_NO_SERVER', 'The organisation has no Exchange server object that this party could be.', {
      facts: { serverName, servers: servers.map(({ name }) => name) },
      remedy: 'Create the server object, with a version like "Version 15.2 (Build 2562.41)".',
    });
  }
  return {
    name: server.name,
    fqdn: server.properties.Fqdn,
    version: { majorVersion: Number(major), minorVersion: Number(minor), majorBuildNumber: Number(build), minorBuildNumber: Number(revision), version: schemaVersion(Number(major), Number(minor)) },
  };
}

/** The newest EWS schema that a release line speaks, as its ServerVersionInfo shows it (15.20 is Exchange Online). */
function schemaVersion(major: number, minor: number): string {
  if (major !== 15) return 'Exchange2010_SP2';
  if (minor === 0) return 'V2_23';
  return minor >= 20 ? 'V2018_01_08' : 'V2017_07_11';
}
