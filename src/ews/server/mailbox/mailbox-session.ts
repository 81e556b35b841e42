import { distinguishedFolderNames, isMailbox, readMailboxId } from '../../../organization/index.ts';
import type { DistinguishedFolderName, Folder, FolderRights, Item, Mailbox, Recipient, TimeZone } from '../../../organization/index.ts';
import { EwsFault } from '../../codec/ews-fault.ts';
import type { ItemTimeZone } from '../../codec/items/time-zone-kinds.ts';
import type { FolderReference } from '../../codec/references.ts';
import type { RequestServerVersion } from '../../codec/server-version.ts';
import type { RequestContext, Requester } from '../requester.ts';
import { masterOfOccurrence } from './occurrence-id.ts';
import type { MailboxServices } from './mailbox-services.ts';
import type { Notifications } from '../notifications/notifications.ts';

/** What somebody wants to do in a folder. */
export type Access = 'read' | 'create' | 'createFolder' | 'edit' | 'delete' | 'own' | 'see';

/** One request on mailboxes: who acts, and what they may reach. */
export interface MailboxSession {
  services: MailboxServices;
  /** Whom the request acts as: the requester, or whom it impersonates. */
  actor: Recipient;
  requester: Requester;
  context: RequestContext;
  requestVersion: RequestServerVersion;
  /** Times without an offset are of this zone. */
  zone: TimeZone;
  /** That zone as calendar items keep it: of those without one of their own. */
  itemZone: ItemTimeZone;
  /** Subscriptions and streams of all sessions. */
  notifications: Notifications;
  /** The mailbox that belongs to the actor. @throws EwsFault `ErrorMissingEmailAddress` */
  own(): Mailbox;
  /** @throws EwsFault `ErrorNonExistentMailbox` */
  byAddress(address: string): Promise<Mailbox>;
  /** The folder, its mailbox, and proof that the actor may do that there. @throws EwsFault */
  folder(reference: FolderReference, access: Access): Promise<{ mailbox: Mailbox; folder: Folder }>;
  /** The mailbox that an item's id names. @throws EwsFault `ErrorInvalidIdMalformed`, `ErrorCannotUseFolderIdForItemId` */
  mailboxOfItem(id: string): Mailbox;
  /** @throws EwsFault `ErrorAccessDenied` */
  allow(mailbox: Mailbox, folderId: string, access: Access): Promise<void>;
  /** Rights as EWS shows them. */
  rights(mailbox: Mailbox, folderId: string): Promise<FolderRights>;
  isOwner(mailbox: Mailbox): boolean;
  /** Whether the actor sees what is marked private there; known once the actor's rights have been asked for. */
  seesPrivate(mailbox: Mailbox): boolean;
}

const owner: FolderRights = {
  canCreateItems: true,
  canCreateSubFolders: true,
  isFolderOwner: true,
  isFolderVisible: true,
  isFolderContact: true,
  editItems: 'All',
  deleteItems: 'All',
  readItems: 'FullDetails',
};

export interface MailboxSessionOptions {
  services: MailboxServices;
  actor: Recipient;
  requester: Requester;
  context: RequestContext;
  requestVersion: RequestServerVersion;
  zone: TimeZone;
  itemZone: ItemTimeZone;
  notifications: Notifications;
}

/** Opens a session. Rights are looked up once for each folder of a request. */
export function createMailboxSession(options: MailboxSessionOptions): MailboxSession {
  const { services, actor } = options;
  const { mailboxes, directory } = services;
  const known = new Map<string, Promise<FolderRights>>();
  const openMailboxes = new Map<string, boolean>();
  const isOwner = (mailbox: Mailbox): boolean => mailbox.guid === actor.guid;

  const learnPrivate = async ({ guid }: Mailbox): Promise<void> => {
    const { Delegates } = await services.mailSettings.of(guid);
    openMailboxes.set(guid, options.requester.delegated !== true && Delegates.some((delegate) => delegate.guid === actor.guid && delegate.viewsPrivate));
  };

  const rights = (mailbox: Mailbox, folderId: string): Promise<FolderRights> => {
    if (isOwner(mailbox)) return Promise.resolve(owner);
    if (!openMailboxes.has(mailbox.guid)) return learnPrivate(mailbox).then(() => rights(mailbox, folderId));
    let found = known.get(folderId);
    if (found === undefined) {
      found = mailbox.folders.rights(folderId, options.requester.delegated === true ? undefined : actor.guid);
      known.set(folderId, found);
    }
    return found;
  };

  const allow = async (mailbox: Mailbox, folderId: string, access: Access): Promise<void> => {
    if (isOwner(mailbox) || allows(await rights(mailbox, folderId), access)) return;
    throw new EwsFault('ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
  };

  const own = (): Mailbox => {
    if (isMailbox(actor) && options.requester.delegated !== true) return mailboxes.of(actor.guid);
    throw new EwsFault('ErrorMissingEmailAddress', 'When making a request as an account that does not have a mailbox, you must specify the mailbox primary SMTP address for any distinguished folder Ids.');
  };

  const byAddress = async (address: string): Promise<Mailbox> => {
    const recipient = await directory.resolve(address);
    if (recipient === undefined || !isMailbox(recipient)) throw new EwsFault('ErrorNonExistentMailbox', 'The SMTP address has no mailbox associated with it.');
    return mailboxes.of(recipient.guid);
  };

  return {
    ...options,
    own,
    byAddress,
    isOwner,
    seesPrivate: (mailbox) => isOwner(mailbox) || openMailboxes.get(mailbox.guid) === true,
    rights,
    allow,
    async folder(reference, access) {
      if ('id' in reference) {
        const id = readMailboxId(reference.id);
        if (reference.id === '') throw new EwsFault('ErrorInvalidIdEmpty', 'Id must be non-empty.');
        if (id === undefined) throw new EwsFault('ErrorInvalidIdMalformed', 'Id is malformed.');
        if (id.kind !== 'folder') throw new EwsFault('ErrorCannotUseItemIdForFolderId', 'Cannot use an item Id for a folder Id.');
        const mailbox = mailboxes.of(id.mailbox);
        const folder = await mailbox.folders.get(reference.id);
        await allow(mailbox, folder.id, access);
        return { mailbox, folder };
      }
      const address = reference.mailbox?.address;
      const mailbox = address === undefined ? own() : await byAddress(address);
      if (!isDistinguished(reference.distinguished)) throw new EwsFault('ErrorFolderNotFound', 'The specified folder could not be found in the store.');
      const folder = await mailbox.folders.distinguished(reference.distinguished);
      await allow(mailbox, folder.id, access);
      return { mailbox, folder };
    },
    mailboxOfItem(id) {
      if (id === '') throw new EwsFault('ErrorInvalidIdEmpty', 'Id must be non-empty.');
      const named = readMailboxId(masterOfOccurrence(id)?.masterId ?? id);
      if (named === undefined) throw new EwsFault('ErrorInvalidIdMalformed', 'Id is malformed.');
      if (named.kind === 'folder') throw new EwsFault('ErrorCannotUseFolderIdForItemId', 'Cannot use a folder Id for an item Id.');
      return mailboxes.of(named.mailbox);
    },
  };
}

function isDistinguished(name: string): name is DistinguishedFolderName {
  return (distinguishedFolderNames as readonly string[]).includes(name);
}

/** `Owned` counts for nobody: who made an item is not kept apart from who owns the mailbox. */
function allows(rights: FolderRights, access: Access): boolean {
  switch (access) {
    case 'see':
      return rights.isFolderVisible || rights.isFolderOwner || rights.readItems === 'FullDetails';
    case 'read':
      return rights.readItems === 'FullDetails';
    case 'create':
      return rights.canCreateItems;
    case 'createFolder':
      return rights.canCreateSubFolders;
    case 'edit':
      return rights.editItems === 'All';
    case 'delete':
      return rights.deleteItems === 'All';
    default:
      return rights.isFolderOwner;
  }
}

/** Whether an item is hidden from others than the owner: those that are marked private are, but from delegates who may see them. */
export function isHiddenFrom(session: MailboxSession, mailbox: Mailbox, item: Pick<Item, 'properties'>): boolean {
  const sensitivity = item.properties['item:Sensitivity'];
  return sensitivity === 'Private' && !session.seesPrivate(mailbox);
}
