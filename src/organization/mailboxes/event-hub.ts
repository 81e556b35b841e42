import { randomBytes } from 'node:crypto';
import type { Clock } from '../../foundation/index.ts';
import { OrganizationError } from '../organization-error.ts';
import type { MailboxEvent, MailboxEvents } from './mailbox-event.ts';

export type NewMailboxEvent = Omit<MailboxEvent, 'watermark' | 'at'>;

/** Events that a mailbox keeps, and mailboxes that keep any: together they bound the memory. */
const eventsKept = 4096;
const mailboxesKept = 2048;

interface Channel {
  /** Number of the first event kept. */
  first: number;
  events: { number: number; event: MailboxEvent }[];
  listeners: Set<(events: readonly MailboxEvent[]) => void>;
}

/** Carries what happened in mailboxes to those who subscribed, within this process. */
export interface EventHub {
  publish(mailbox: string, events: readonly NewMailboxEvent[]): void;
  of(mailbox: string): MailboxEvents;
}

/** Watermarks begin with a mark of the run, so that one of an earlier run is known as such. */
export function createEventHub(clock: Clock): EventHub {
  const run = randomBytes(6).toString('hex');
  const channels = new Map<string, Channel>();
  /** Numbers go on where a forgotten mailbox left off: they count the events of all. */
  let next = 1;

  const channelOf = (mailbox: string): Channel => {
    let channel = channels.get(mailbox);
    if (channel === undefined) {
      channel = { first: next, events: [], listeners: new Set() };
      forgetOne();
    } else {
      // Last used, last forgotten.
      channels.delete(mailbox);
    }
    channels.set(mailbox, channel);
    return channel;
  };

  const forgetOne = (): void => {
    if (channels.size < mailboxesKept) return;
    for (const [mailbox, channel] of channels) {
      if (channel.listeners.size > 0) continue;
      channels.delete(mailbox);
      return;
    }
  };

  const watermarkOf = (mailbox: string, number: number): string => Buffer.from(`${run} ${mailbox} ${number}`).toString('base64');

  const numberOf = (mailbox: string, watermark: string): number => {
    const [writtenRun, writtenMailbox, number] = Buffer.from(watermark, 'base64').toString().split(' ');
    if (writtenRun !== run || writtenMailbox !== mailbox || !/^\d{1,15}$/.test(number ?? '')) throw unknownWatermark(mailbox);
    return Number(number);
  };

  return {
    publish(mailbox, published) {
      if (published.length === 0) return;
      const channel = channelOf(mailbox);
      const at = clock.now();
      const events = published.map((event) => {
        const number = next++;
        return { number, event: { ...event, at, watermark: watermarkOf(mailbox, number) } };
      });
      channel.events.push(...events.slice(-eventsKept));
      channel.events.splice(0, Math.max(0, channel.events.length - eventsKept));
      channel.first = channel.events[0]?.number ?? next;
      const told = events.map(({ event }) => event);
      for (const listener of channel.listeners) listener(told);
    },
    of(mailbox) {
      return {
        watermark() {
          channelOf(mailbox);
          return watermarkOf(mailbox, next - 1);
        },
        since(watermark, max) {
          const after = numberOf(mailbox, watermark);
          const channel = channelOf(mailbox);
          if (after < channel.first - 1 || after >= next) throw unknownWatermark(mailbox);
          const later = channel.events.filter(({ number }) => number > after);
          return { events: later.slice(0, max).map(({ event }) => event), more: later.length > max };
        },
        listen(listener) {
          const { listeners } = channelOf(mailbox);
          listeners.add(listener);
          return () => void listeners.delete(listener);
        },
      };
    },
  };
}

function unknownWatermark(mailbox: string): OrganizationError {
  return new OrganizationError('ORGANIZATION_WATERMARK', 'The watermark is not known, or too old.', {
    facts: { mailbox },
    remedy: 'Subscribe again, and read the folder anew: events may have been missed.',
  });
}
