import type { Organization, Recipient } from '../../organization/index.ts';
import type { LabPerson } from './lab-person.ts';

export interface SeedOrganizationOptions {
  organization: Organization;
  /** Which of the two organisations this is: people of this side get mailboxes, the others objects that point to theirs. */
  side: LabPerson['side'];
  people: readonly LabPerson[];
  /** Domain of the addresses by which on-premises mail reaches the cloud. */
  coexistenceDomain: string;
  /** Object id of a person in the tenant's directory. */
  objectIdOf: (person: LabPerson) => string;
}

/**
 * Fills an empty organisation with the lab's people as directory synchronisation leaves them: own people have a mailbox
 * with calendar; in the cloud on-premises people are mail users whose target address is their own one, and on premises
 * cloud people are remote mailboxes whose target address lies in the coexistence domain.
 */
export async function seedOrganization(options: SeedOrganizationOptions): Promise<void> {
  for (const person of options.people) {
    if (person.side === options.side) await seedMailbox(options, person);
    else await options.organization.directory.create({ ...identityOf(options, person), ...pointerOf(options, person) });
  }
}

async function seedMailbox(options: SeedOrganizationOptions, person: LabPerson): Promise<void> {
  const { directory, calendars } = options.organization;
  const { guid } = await directory.create({
    ...identityOf(options, person),
    recipientTypeDetails: person.isRoom ? 'RoomMailbox' : 'UserMailbox',
    timeZone: person.timeZone,
  });
  if (!person.isRoom) await directory.setPassword(guid, person.password);
  await calendars.putAll(guid, person.calendar);
  await calendars.setConfiguration(guid, person.calendarConfiguration);
  await calendars.setPermission(guid, 'Default', person.defaultAccess);
}

function identityOf(options: SeedOrganizationOptions, person: LabPerson): Pick<Recipient, 'displayName' | 'alias' | 'userPrincipalName' | 'primarySmtpAddress' | 'emailAddresses' | 'externalDirectoryObjectId'> {
  return {
    displayName: person.displayName,
    alias: person.alias,
    userPrincipalName: person.userPrincipalName,
    primarySmtpAddress: person.primarySmtpAddress,
    emailAddresses: person.emailAddresses,
    externalDirectoryObjectId: options.objectIdOf(person),
  };
}

function pointerOf(options: SeedOrganizationOptions, person: LabPerson): Pick<Recipient, 'recipientTypeDetails'> & { externalEmailAddress: string } {
  if (options.side === 'cloud') return { recipientTypeDetails: 'MailUser', externalEmailAddress: person.primarySmtpAddress };
  return { recipientTypeDetails: 'RemoteUserMailbox', externalEmailAddress: `${person.alias}@${options.coexistenceDomain}` };
}
