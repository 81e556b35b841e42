import { HybridgeError } from '../../../foundation/index.ts';
import type { AdminKeyView, IssuedKeyView } from '../../../relay/index.ts';
import { readNumber, readWord } from './read-values.ts';
import type { RelayAdministration, RelayCommandErrorCode, RelayPlace } from './relay-place.ts';
import { minuteOf } from './relay-screen.ts';
import type { RelayScreen } from './relay-screen.ts';

export interface KeyOptions extends RelayPlace {
  tenant?: string;
  role?: string;
  days?: string;
}

/** Keys of tenants' administrators, what was done with them, and the authorities that certify agents. */
export interface KeyOperator {
  issue(name: string, options: KeyOptions): Promise<void>;
  list(place: RelayPlace & { tenant?: string }): Promise<void>;
  rotate(id: string, options: RelayPlace & { overlapHours?: string }): Promise<void>;
  revoke(id: string, place: RelayPlace): Promise<void>;
  audit(options: RelayPlace & { tenant?: string; last?: string }): Promise<void>;
  listAuthorities(place: RelayPlace): Promise<void>;
  renewAuthority(place: RelayPlace): Promise<void>;
  removeAuthority(thumbprint: string, options: RelayPlace & { force?: boolean }): Promise<void>;
}

const dayMs = 24 * 3600_000;

export function createKeyOperator({ print, remark, ask, show, did }: RelayScreen, onlyTenant: (relay: RelayAdministration, given: string | undefined) => Promise<string>): KeyOperator {
  const hand = (place: RelayPlace, issued: IssuedKeyView, text: string): void => {
    did(place, issued, issued.key);
    if (place.json !== true) remark(text);
  };
  return {
    async issue(name, options) {
      const role = options.role === undefined ? 'administrator' : readWord('--role', options.role, ['administrator', 'reader'] as const);
      const issued = await ask(options, async (relay) => relay.client.issueKey(await onlyTenant(relay, options.tenant), { name, role, ...(options.days === undefined ? {} : { lifetimeMs: Math.round(readNumber('--days', options.days) * dayMs) }) }));
      hand(options, issued, `Key ${issued.id} (${issued.name}) ${issued.role === 'reader' ? 'may look at' : 'administers'} tenant ${issued.tenantId}${issued.expiresAt === undefined ? '' : ` until ${minuteOf(issued.expiresAt)}`}. It is shown this once.`);
    },
    async list(place) {
      const keys = await ask(place, async (relay) => relay.client.listKeys(await onlyTenant(relay, place.tenant)));
      show(place, keys, ['Key', 'Name', 'Role', 'Issued', 'Expires', 'Last used', 'Key before good until'], keyRow, 'This tenant has no key of its own: hybridge relay key issue <name>.');
    },
    async rotate(id, options) {
      const issued = await ask(options, ({ client }) => client.rotateKey(id, options.overlapHours === undefined ? {} : { overlapMs: Math.round(readNumber('--overlap-hours', options.overlapHours) * 3_600_000) }));
      hand(options, issued, `Key ${issued.id} (${issued.name}) has another secret. ${issued.previousUntil === undefined ? 'The one before is over.' : `The one before is good until ${minuteOf(issued.previousUntil)}.`} It is shown this once.`);
    },
    async revoke(id, place) {
      await ask(place, ({ client }) => client.revokeKey(id));
      did(place, { revoked: id }, `Key ${id} is revoked.`);
    },
    async audit(options) {
      const entries = await ask(options, ({ client }) => client.listAudit({ ...(options.tenant === undefined ? {} : { tenantId: options.tenant }), ...(options.last === undefined ? {} : { limit: readNumber('--last', options.last) }) }));
      show(
        options,
        entries,
        ['When', 'Who', 'From', 'Tenant', 'What', 'To what', 'Change'],
        ({ at, actor, actorName, address, tenantId, action, object, change }) => [minuteOf(at), actor === 'operator' ? actor : `${actorName} (key ${actor.slice(0, 8)})`, address, tenantId ?? '', action, object ?? '', change === undefined ? '' : JSON.stringify(change)],
        'Nothing was changed yet.',
      );
    },
    async listAuthorities(place) {
      const authorities = await ask(place, ({ client }) => client.listAuthorities());
      show(place, authorities, ['Authority', 'Since', 'Until', 'What for'], ({ thumbprint, notBefore, notAfter, issues }) => [thumbprint, minuteOf(notBefore), minuteOf(notAfter), issues ? 'issues certificates of agents' : 'still accepted'], 'This relay has none.');
    },
    async renewAuthority(place) {
      const authority = await ask(place, ({ client }) => client.renewAuthority());
      did(place, authority, `Authority ${authority.thumbprint} issues from now on. Those before it are accepted until they are removed: agents change over when they renew their certificates.`);
    },
    async removeAuthority(thumbprint, options) {
      if (options.force !== true) {
        throw new HybridgeError<RelayCommandErrorCode>('CLI_RELAY_CONFIRM', 'Agents whose certificates this authority issued lose their links at once and must be enrolled again.', { remedy: 'Wait until agents have renewed (two thirds of a certificate’s life after authority renew), or give --force.' });
      }
      await ask(options, ({ client }) => client.removeAuthority(thumbprint));
      did(options, { removed: thumbprint }, `Authority ${thumbprint} is accepted no longer.`);
      if (options.json !== true) print('Agents that it certified: hybridge agent enroll --replace.');
    },
  };
}

function keyRow({ id, name, role, createdAt, expiresAt, lastUsedAt, previousUntil }: AdminKeyView): string[] {
  return [id, name, role, minuteOf(createdAt), minuteOf(expiresAt), minuteOf(lastUsedAt), minuteOf(previousUntil)];
}
