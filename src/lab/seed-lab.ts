import { randomBytes, randomUUID } from 'node:crypto';
import { createHttpClient } from '../foundation/index.ts';
import { exchangeApplicationId } from '../identity/index.ts';
import type { StsAdminClient } from '../identity/index.ts';
import type { Organization } from '../organization/index.ts';
import type { LabContext } from './lab-context.ts';
import { labNames } from './lab-names.ts';
import { generatePeople } from './people/index.ts';
import type { LabPerson } from './people/index.ts';
import { initializeOrganization } from '../premises/index.ts';
import { seedOrganization } from './people/seed-organization.ts';
import { federateCloud, provisionCloud } from './provision-cloud.ts';
import type { LabSide } from './parties/start-lab-premises.ts';

/** Who can sign in, with the password that nobody but the lab's owner knows. */
export interface LabLogin {
  displayName: string;
  address: string;
  addresses: readonly string[];
  side: 'on-premises' | 'cloud';
  kind: 'user' | 'room' | 'administrator';
  timeZone: string;
  userName?: string;
  password?: string;
}

export interface SeedLabOptions {
  context: LabContext;
  sts: StsAdminClient;
  organizations: Readonly<Record<LabSide, Organization>>;
  onProgress: (text: string) => void;
}

/** Metadata of the federation gateway, which is the token service. */
export const gatewayMetadataUrl = `https://${labNames.sts}/FederationMetadata/2006-12/FederationMetadata.xml`;

/** URLs under which the token service tells about itself. */
export function metadataUrls(tenantId: string): { acs: string; evoSts: string } {
  return { acs: `https://${labNames.sts}/${tenantId}/metadata/json/1`, evoSts: `https://${labNames.sts}/${tenantId}/.well-known/openid-configuration` };
}

/**
 * Fills empty parties with the state of two organisations before any hybrid configuration: people and calendars on both
 * sides, the same people in the tenant's directory, and the cloud's own trust. Returns who can sign in.
 */
export async function seedLab(options: SeedLabOptions): Promise<readonly LabLogin[]> {
  const { context, sts, organizations, onProgress } = options;
  const { people } = generatePeople({
    seed: context.state.seed,
    referenceDate: context.state.referenceDate,
    randomBytes: (size) => randomBytes(size),
    domain: labNames.domain,
    coexistenceDomain: labNames.coexistenceDomain,
  });
  const objectIds = new Map(people.map((person) => [person.primarySmtpAddress, randomUUID()]));
  const objectIdOf = (person: LabPerson): string => objectIds.get(person.primarySmtpAddress) ?? randomUUID();
  const administrators = administratorsOf();

  onProgress(`${people.length} people and rooms, ${people.reduce((sum, person) => sum + person.calendar.length, 0)} calendar items`);
  for (const side of ['onPremises', 'cloud'] as const) {
    const names = labNames[side];
    await initializeOrganization({
      organization: organizations[side],
      displayName: labNames.company,
      server: { name: names.server, fqdn: names.mail, version: names.version },
      acceptedDomains: side === 'cloud' ? [labNames.domain, labNames.tenantDomain, labNames.coexistenceDomain] : [labNames.domain],
      administrator: administrators[side],
      clock: context.clock,
    });
    await seedOrganization({
      organization: organizations[side],
      side: side === 'cloud' ? 'cloud' : 'on-premises',
      people,
      coexistenceDomain: labNames.coexistenceDomain,
      objectIdOf,
    });
  }

  onProgress('tenant directory');
  await seedTenant(context.state.tenantId, sts, people, objectIdOf);
  const { acs, evoSts } = metadataUrls(context.state.tenantId);
  const httpClient = createHttpClient({ dial: context.network.dialFrom('outside'), ca: context.certificates.ca });
  try {
    const certificate = await provisionCloud({ organization: organizations.cloud, httpClient, acsMetadataUrl: acs, evoStsMetadataUrl: evoSts });
    await sts.addKeyCredential(context.state.tenantId, exchangeApplicationId, { value: certificate });
    await federateCloud({ organization: organizations.cloud, httpClient, clock: context.clock, sts, gatewayMetadataUrl, domains: [labNames.coexistenceDomain, labNames.tenantDomain] });
  } finally {
    await httpClient.close();
  }
  return [...people.map(loginOf), ...(['onPremises', 'cloud'] as const).map((side) => administratorLogin(side, administrators[side]))];
}

/** The tenant as directory synchronisation fills it, and the principal of Exchange Online with the names of the cloud's own hosts. */
async function seedTenant(tenantId: string, sts: StsAdminClient, people: readonly LabPerson[], objectIdOf: (person: LabPerson) => string): Promise<void> {
  for (const tenant of await sts.listTenants()) await sts.removeTenant(tenant.id);
  await sts.createTenant({ id: tenantId, displayName: labNames.company, domains: [labNames.tenantDomain, labNames.coexistenceDomain, labNames.domain], passwordGrantEnabled: true });
  const { mail, autodiscover } = labNames.cloud;
  await sts.createServicePrincipal(tenantId, {
    appId: exchangeApplicationId,
    displayName: 'Office 365 Exchange Online',
    // `https://localhost` serves outside clients on this machine, which reach a party by its port there.
    servicePrincipalNames: [...[mail, autodiscover].flatMap((host) => [`https://${host}`, `${exchangeApplicationId}/${host}`]), 'https://localhost', 'https://127.0.0.1'],
  });
  // A few at a time: each takes a connection, and on a busy machine fifty handshakes at once take too long for the last.
  for (let at = 0; at < people.length; at += 4) {
    await Promise.all(
      people.slice(at, at + 4).map((person) =>
        sts.createUser(tenantId, {
          objectId: objectIdOf(person),
          userPrincipalName: person.userPrincipalName,
          displayName: person.displayName,
          mail: person.primarySmtpAddress,
          proxyAddresses: person.emailAddresses.map((address) => `${address === person.primarySmtpAddress ? 'SMTP' : 'smtp'}:${address}`),
          enabled: !person.isRoom,
          ...(person.isRoom ? {} : { password: person.password }),
        }),
      ),
    );
  }
}

function loginOf(person: LabPerson): LabLogin {
  return {
    displayName: person.displayName,
    address: person.primarySmtpAddress,
    addresses: [...person.emailAddresses],
    side: person.side,
    kind: person.isRoom ? 'room' : 'user',
    timeZone: person.timeZone,
    ...(person.isRoom ? {} : { userName: person.userPrincipalName, password: person.password }),
  };
}

interface Administrator {
  userPrincipalName: string;
  password: string;
}

function administratorsOf(): Readonly<Record<LabSide, Administrator>> {
  return {
    onPremises: { userPrincipalName: `administrator@${labNames.domain}`, password: randomBytes(15).toString('base64url') },
    cloud: { userPrincipalName: `admin@${labNames.tenantDomain}`, password: randomBytes(15).toString('base64url') },
  };
}

function administratorLogin(side: LabSide, { userPrincipalName, password }: Administrator): LabLogin {
  return {
    displayName: 'Administrator',
    address: userPrincipalName,
    addresses: [userPrincipalName],
    side: side === 'cloud' ? 'cloud' : 'on-premises',
    kind: 'administrator',
    timeZone: 'UTC',
    userName: userPrincipalName,
    password,
  };
}
