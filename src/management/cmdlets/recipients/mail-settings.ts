import type { MailSettings, Recipient } from '../../../organization/index.ts';
import { applyMultiValued } from '../../binding/parameter-definition.ts';
import type { MultiValued } from '../../binding/parameter-definition.ts';
import type { OutputObject } from '../define-cmdlet.ts';
import type { ExchangeContext } from '../exchange-context.ts';
import { mailboxTypes, namedRecipient } from './recipient-cmdlets.ts';

/** Mailboxes with who sends in their name and what their correspondents are told, in the places that Exchange shows them. */
export async function withMailSettings(context: ExchangeContext, rows: readonly OutputObject[]): Promise<readonly OutputObject[]> {
  return Promise.all(
    rows.map(async (row) => {
      const settings = await shown(context, await context.organization.mailSettings.of(String(row['Guid']).toLowerCase()));
      const behind: Record<string, string> = { EmailAddresses: 'GrantSendOnBehalfTo', WindowsEmailAddress: 'MailTip' };
      const placed: Record<string, unknown> = {};
      for (const [name, value] of Object.entries(row)) {
        placed[name] = value;
        const next = behind[name];
        if (next !== undefined) placed[next] = settings[next];
      }
      return placed;
    }),
  );
}

/** Changes them; false when neither was given. */
export async function setMailSettings(context: ExchangeContext, mailbox: Recipient, MailTip: string | null | undefined, senders: MultiValued | null | undefined): Promise<boolean> {
  if (MailTip === undefined && senders === undefined) return false;
  const { mailSettings } = context.organization;
  const former = await mailSettings.of(mailbox.guid);
  const named = senders === undefined ? undefined : await guidsOf(context, senders);
  const changed = (present: MailSettings): Partial<MailSettings> => ({
    ...(MailTip === undefined ? {} : { MailTip }),
    ...(named === undefined ? {} : { GrantSendOnBehalfTo: applyMultiValued(present.GrantSendOnBehalfTo, named) }),
  });
  const [before, after] = [await shown(context, former), await shown(context, { ...former, ...changed(former) })];
  await context.change({ target: mailbox.displayName, before, apply: () => mailSettings.set(mailbox.guid, changed), after: () => after });
  return true;
}

async function guidsOf(context: ExchangeContext, senders: MultiValued | null): Promise<MultiValued> {
  const guids = (names: readonly string[]): Promise<string[]> => Promise.all(names.map(async (name) => (await namedRecipient(context, [...mailboxTypes, 'MailUser', 'RemoteUserMailbox'], name)).guid));
  if (senders === null) return { replace: [] };
  return 'replace' in senders ? { replace: await guids(senders.replace) } : { add: await guids(senders.add), remove: await guids(senders.remove) };
}

async function shown({ organization }: ExchangeContext, { MailTip, GrantSendOnBehalfTo }: MailSettings): Promise<OutputObject> {
  // Somebody who has been removed since is nobody.
  const names = await Promise.all(GrantSendOnBehalfTo.map(async (guid) => (await organization.directory.find(guid))[0]?.displayName));
  return { GrantSendOnBehalfTo: names.filter((name) => name !== undefined), MailTip };
}
