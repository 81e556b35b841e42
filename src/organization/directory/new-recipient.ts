import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { OrganizationError } from '../organization-error.ts';
import { addressKey, bareSmtpAddress, isSmtpAddress } from '../smtp-address.ts';
import type { Recipient } from './recipient.ts';

/** What `create` takes; the rest of a recipient follows from it. */
export interface NewRecipient {
  /** A new one where absent. */
  guid?: string;
  recipientTypeDetails: Recipient['recipientTypeDetails'];
  displayName: string;
  firstName?: string;
  lastName?: string;
  /** Default: what stands before the `@` of the primary address. */
  alias?: string;
  /** Required except on contacts. */
  userPrincipalName?: string;
  /** Default: the target address, where there is one. */
  primarySmtpAddress?: string;
  /**
   * With or without the `smtp:` prefix; the primary address is added where missing. Default: the primary address, and on
   * a remote mailbox its target address, by which the other organisation knows it.
   */
  emailAddresses?: readonly string[];
  externalEmailAddress?: string;
  externalDirectoryObjectId?: string;
  timeZone?: string;
  immutableId?: string;
  consistencyGuid?: string;
  accountDisabled?: boolean;
}

/** What `update` takes: only what changes; null takes an optional property away. */
export type RecipientChanges = {
  [Name in keyof Omit<Recipient, 'guid' | 'whenCreated' | 'whenChanged'>]?: undefined extends Recipient[Name] ? Recipient[Name] | null : Recipient[Name];
};

const address = z.string().transform(bareSmtpAddress).refine(isSmtpAddress, 'is not a valid SMTP address');
const text = (longest: number): z.ZodString => z.string().trim().min(1, 'may not be empty').max(longest, `may have at most ${longest} characters`);

const recipientSchema = z
  .object({
    guid: z.guid('is not a GUID').transform((guid) => guid.toLowerCase()),
    recipientTypeDetails: z.enum(['UserMailbox', 'RoomMailbox', 'EquipmentMailbox', 'MailUser', 'RemoteUserMailbox', 'MailContact', 'User']),
    displayName: text(256),
    firstName: text(64).optional(),
    lastName: text(64).optional(),
    /** Published: at most 64 characters; letters, digits and these signs, periods only between others. */
    alias: text(64).regex(/^[\p{L}\p{N}!#$%&'*+\-/=?^_`{|}~]+(?:\.[\p{L}\p{N}!#$%&'*+\-/=?^_`{|}~]+)*$/u, 'is not a valid alias'),
    userPrincipalName: text(1024).refine((name) => isSmtpAddress(name), 'is not a valid user principal name').optional(),
    primarySmtpAddress: address,
    emailAddresses: z.array(address).max(500, 'may hold at most 500 addresses'),
    externalEmailAddress: address.optional(),
    externalDirectoryObjectId: text(64).optional(),
    timeZone: text(128).optional(),
    immutableId: text(256).optional(),
    consistencyGuid: z.base64().min(4).max(88).optional(),
    accountDisabled: z.boolean().optional(),
  })
  .superRefine((recipient, context) => {
    const type = recipient.recipientTypeDetails;
    const refuse = (path: string, message: string): void => context.addIssue({ code: 'custom', path: [path], message });
    if (type !== 'MailContact' && recipient.userPrincipalName === undefined) refuse('userPrincipalName', `is required on a ${type}`);
    if (type === 'MailContact' && recipient.userPrincipalName !== undefined) refuse('userPrincipalName', 'cannot be given to a contact, which never signs in');
    if (type !== 'User' && recipient.emailAddresses.length === 0) refuse('emailAddresses', 'needs an address');
    const pointsElsewhere = type === 'MailUser' || type === 'RemoteUserMailbox' || type === 'MailContact';
    if (pointsElsewhere && recipient.externalEmailAddress === undefined) refuse('externalEmailAddress', `is required on a ${type}`);
    if (!pointsElsewhere && recipient.externalEmailAddress !== undefined) refuse('externalEmailAddress', `cannot be given to a ${type}, whose mail stays here`);
  });

/** The whole recipient that a new one becomes. @throws OrganizationError `ORGANIZATION_INVALID_RECIPIENT` */
export function completeRecipient(input: NewRecipient): Recipient {
  const primary = bareSmtpAddress(input.primarySmtpAddress ?? input.externalEmailAddress ?? input.emailAddresses?.[0] ?? '');
  const implied = input.recipientTypeDetails === 'RemoteUserMailbox' && input.externalEmailAddress !== undefined ? [input.externalEmailAddress] : [];
  return parseRecipient({
    ...input,
    guid: input.guid ?? randomUUID(),
    alias: input.alias ?? primary.split('@')[0] ?? '',
    primarySmtpAddress: primary,
    emailAddresses: input.emailAddresses ?? [primary, ...implied],
  });
}

/** The recipient after some changes. @throws OrganizationError `ORGANIZATION_INVALID_RECIPIENT` */
export function changeRecipient(recipient: Recipient, changes: RecipientChanges): Recipient {
  const changed: Record<string, unknown> = { ...recipient };
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) delete changed[name];
    else if (value !== undefined) changed[name] = value;
  }
  return parseRecipient(changed);
}

/** An account without mail is found by its sign-in name alone. */
function withoutMail(parsed: z.output<typeof recipientSchema>): z.output<typeof recipientSchema> {
  return { ...parsed, emailAddresses: [], primarySmtpAddress: parsed.userPrincipalName ?? parsed.primarySmtpAddress };
}

/** Checks a whole recipient; the primary address comes first and no address stands twice. */
function parseRecipient(candidate: unknown): Recipient {
  const result = recipientSchema.safeParse(candidate);
  if (!result.success) {
    const issues = result.error.issues.map((issue) => `${issue.path.join('.') || 'recipient'}: ${issue.message}`);
    throw new OrganizationError('ORGANIZATION_INVALID_RECIPIENT', `The recipient is not valid. ${issues.join('; ')}.`, { facts: { issues }, remedy: 'Correct the values named and try again.' });
  }
  const { emailAddresses, primarySmtpAddress, ...rest } = result.data.recipientTypeDetails === 'User' ? withoutMail(result.data) : result.data;
  const seen = new Set<string>();
  const addresses = (rest.recipientTypeDetails === 'User' ? [] : [primarySmtpAddress, ...emailAddresses]).filter((one) => !seen.has(addressKey(one)) && seen.add(addressKey(one)));
  const recipient = { ...rest, primarySmtpAddress, emailAddresses: addresses };
  return Object.fromEntries(Object.entries(recipient).filter(([, value]) => value !== undefined)) as unknown as Recipient;
}
