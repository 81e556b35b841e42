import assert from 'node:assert/strict';
import { escapeXmlText } from '../../xml/index.ts';
import { messagesNamespace, typesNamespace } from '../codec/namespaces.ts';
import { requestElementOf } from './messages-schema.ts';
import type { Particle } from './schema-notation.ts';
import { contentOf, elementsOf, schemaType, typeOfElement } from './schema-fixture.ts';

/** Numbers from 0 below 1, the same ones for a seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Texts by what they stand for, which a request takes now and then, so that it is about something that exists. */
export type ValuePools = Readonly<Record<'item' | 'folder' | 'attachment' | 'occurrence' | 'changeKey' | 'syncState' | 'watermark' | 'subscription' | 'address' | 'mime' | 'data' | 'zone', string[]>>;

const rarely = 8;

/** Writes requests that follow the served schema, at random: of every operation, with whatever its types allow. */
export function createRandomRequests(random: () => number, pools: ValuePools): (operation: string) => string {
  const below = (count: number): number => Math.floor(random() * count);
  const chosen = <Value>(list: readonly Value[]): Value => list[below(list.length)] as Value;
  const depths = new Map<string, number>();

  /** How many levels an element of the type has at least. */
  const depthOf = (type: string, seen: ReadonlySet<string> = new Set()): number => {
    if (type.startsWith('xs:') || schemaType(type).kind === 'simple') return 0;
    const known = depths.get(type);
    if (known !== undefined) return known;
    if (seen.has(type)) return 1_000;
    const inside = new Set([...seen, type]);
    const depth = contentOf(type).members.reduce((most, member) => (member.min === 0 ? most : Math.max(most, 1 + Math.min(...elementsOf(member, member.owner).map((element) => depthOf(element.type, inside))))), 0);
    if (depth < 1_000) depths.set(type, depth);
    return depth;
  };

  const poolOf = (path: string, type: string): readonly string[] | undefined => {
    if (path.endsWith('ChangeKey')) return pools.changeKey;
    if (type === 't:FolderIdType') return pools.folder;
    if (type === 't:RequestAttachmentIdType' || type === 't:AttachmentIdType') return pools.attachment;
    if (/@(RecurringMasterId|OccurrenceId)$/.test(path)) return random() < 0.5 ? pools.occurrence : pools.item;
    if (type === 't:ItemIdType' || path.endsWith('AlternateId/@Id')) return pools.item;
    if (path.endsWith('SyncState')) return pools.syncState;
    if (path.endsWith('Watermark')) return pools.watermark;
    if (path.endsWith('SubscriptionId')) return pools.subscription;
    if (/(EmailAddress|:Address|SmtpAddress|@Mailbox|UnresolvedEntry|QueryString)$/.test(path)) return pools.address;
    if (path.endsWith(':MimeContent')) return pools.mime;
    if (path.endsWith(':Data')) return pools.data;
    if (/(TimeZone\w*|StartTimeZone|EndTimeZone)\/@(Id|TimeZoneName)$/.test(path)) return pools.zone;
    return undefined;
  };

  const words = ['', 'x', 'IPM.Note', 'IPM.Appointment', 'IPM.Schedule.Meeting.Request', 'IPM.Task', '<&">]]>', 'Ünïcødé 🙂', ' blank ', '__proto__', 'constructor', '%', '_', 'NULL', '0', 'EmailAddress1', 'Home', 'a'.repeat(300), 'BusinessPhone', 'x-custom', '2026-11-21T10:00:00Z', 'true'];
  const twoDigits = (value: number): string => String(value).padStart(2, '0');
  const date = (): string => `${chosen(['2026', '2026', '2026', '2027', '1601', '0001', '9999'])}-${twoDigits(1 + below(12))}-${twoDigits(1 + below(28))}`;
  const clock = (): string => `${twoDigits(below(24))}:${twoDigits(below(60))}:00`;

  const simple = (type: string): string => {
    switch (type) {
      case 'xs:string':
        return chosen(words);
      case 'xs:boolean':
        return chosen(['true', 'false', '1', '0']);
      case 'xs:int':
        return chosen(['0', '1', '5', '30', '60', '-1', '2147483647', '-2147483648', String(below(200))]);
      case 'xs:unsignedInt':
        return chosen(['0', '34063', '33285', '4294967295']);
      case 'xs:double':
        return chosen(['0', '50', '100', '-1.5', '1e9', '.5']);
      case 'xs:dateTime':
        return `${date()}T${clock()}${chosen(['Z', '', '+02:00', '.123Z'])}`;
      case 'xs:date':
        return `${date()}${chosen(['', 'Z', '+01:00'])}`;
      case 'xs:time':
        return clock();
      case 'xs:duration':
        return chosen(['PT0M', 'PT60M', '-PT60M', 'P1DT2H', 'PT3600S']);
      case 'xs:base64Binary':
        return chosen(['', 'YQ==', 'AAECAwQF', Buffer.alloc(500, below(256)).toString('base64')]);
      default:
        return restricted(type);
    }
  };

  const restricted = (name: string): string => {
    const type = schemaType(name);
    assert.ok(type.kind === 'simple');
    const { listOf } = type;
    if (listOf !== undefined) return Array.from({ length: 1 + below(3) }, () => simple(listOf)).join(' ');
    if (type.values !== undefined) return chosen(type.values);
    if (name === 't:GuidType') return chosen(['00020329-0000-0000-c000-000000000046', '{C11FF724-AA03-4555-9952-8FA248A11C3E}']);
    if (name === 't:PropertyTagType') return chosen(['0x37', '0x0e07', '0x1000', '0xe23', '3591', '0x670a', '0x8001', '0xffff']);
    if (name === 't:ExcludesAttributeType') return chosen(['0x1', '0xFFFFFFFF', '8']);
    if (name === 't:TimeZoneYearType') return chosen(['', '2026', '0']);
    if (type.pattern !== undefined) throw new Error(`no sample of ${name}`);
    const [least, most] = [type.minimum ?? 0, type.maximum ?? 2_147_483_647];
    return chosen([String(least), String(most), String(Math.min(most, least + below(20)))]);
  };

  const text = (path: string, type: string, owner: string): string => {
    const pool = poolOf(path, owner);
    const value = pool !== undefined && pool.length > 0 && random() < 0.85 ? chosen(pool) : simple(type);
    return escapeXmlText(value);
  };

  const element = (name: string, type: string, path: string, depth: number): string => {
    const here = `${path}/${name}`;
    if (type.startsWith('xs:') || schemaType(type).kind === 'simple') return `<${name}>${text(here, type, type)}</${name}>`;
    const { members, attributes, text: textType, hasLanguage } = contentOf(type);
    const attributeText = attributes
      .filter(({ isRequired }) => isRequired || random() < 0.5)
      .map((attribute) => ` ${attribute.name}="${text(`${here}/@${attribute.name}`, attribute.type, attribute.name === 'Id' ? type : '').replaceAll('"', '&quot;')}"`)
      .join('');
    const content = textType === undefined ? members.map((member) => particle(member, member.owner, here, depth)).join('') : text(here, textType, type);
    return `<${name}${attributeText}${hasLanguage && random() < 0.3 ? ' xml:lang="de-DE"' : ''}>${content}</${name}>`;
  };

  const particle = (member: Particle, owner: string, path: string, depth: number): string => {
    const allowed = elementsOf(member, owner);
    if (allowed.length === 0) return '';
    const isDeep = depth > 7;
    // Items have eighty members, of which a request sets some.
    const isThere = member.min === 1 || (!isDeep && random() < (depth > 3 ? 1 / rarely : 0.5));
    if (!isThere) return '';
    const count = member.max === 1 || isDeep ? 1 : 1 + below(3);
    return Array.from({ length: count }, () => {
      const least = Math.min(...allowed.map(({ type }) => depthOf(type)));
      const { name, type } = chosen(isDeep ? allowed.filter((candidate) => depthOf(candidate.type) === least) : allowed);
      return element(name, type, path, depth + 1);
    }).join('');
  };

  return (operation) => element(`m:${requestElementOf(operation)}`, typeOfElement(`m:${requestElementOf(operation)}`), '', 0).replace('>', ` xmlns:m="${messagesNamespace}" xmlns:t="${typesNamespace}">`);
}
