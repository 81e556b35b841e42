import type { CmdletInvocation } from '../../management/index.ts';
import type { Side } from './free-busy-case.ts';
import { text, texts } from './probe.ts';
import type { Finding } from './probe.ts';

interface Sought {
  /** Where nobody has the address. */
  side: Side;
  address: string;
  /** User principal name of the mailbox on the other side. */
  name: string;
  /** The recipients of that side. */
  all: readonly Record<string, unknown>[];
}

/** Who leads to the very mailbox under other names; undefined where nobody does, so that the person is really missing. */
export function otherName({ side, address, name, all }: Sought): Finding | undefined {
  const wanted = address.toLowerCase();
  const known = all.find((each) => text(each, 'ExternalEmailAddress').toLowerCase().replace(/^smtp:/, '') === wanted);
  if (known === undefined) return undefined;
  const addresses = texts(known, 'EmailAddresses');
  const set = (Identity: string, parameters: Record<string, unknown>): CmdletInvocation[] => [{ session: side, cmdlet: 'Set-MailUser', parameters: { Identity, ...parameters } }];
  return {
    cause: 'fb33-names-differ',
    proof: `"${text(known, 'DisplayName')}" there leads to that very mailbox, and is called ${text(known, 'UserPrincipalName')}, ${addresses.join(', ')}.`,
    repair: set(text(known, 'PrimarySmtpAddress'), { UserPrincipalName: name, EmailAddresses: [`SMTP:${address}`, ...addresses.map((each) => each.replace(/^SMTP:/, 'smtp:')).filter((each) => each.toLowerCase() !== `smtp:${wanted}`)] }),
    undo: set(address, { UserPrincipalName: text(known, 'UserPrincipalName'), EmailAddresses: addresses }),
  };
}
