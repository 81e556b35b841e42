import { z } from 'zod';
import { networkSources } from '../network/network-state.ts';

/** Parties that can be stopped, or whose clock can be wrong. */
export const labParties = ['sts', 'relay', 'agent', 'onPremises', 'cloud'] as const;
export type LabPartyName = (typeof labParties)[number];

const from = z.array(z.enum(networkSources)).optional();

const answer = z.object({
  /** Paths that it answers itself, as a regular expression without regard to case. */
  path: z.string(),
  method: z.string().optional(),
  /** Only requests that bring a token, or only those that do not. */
  token: z.boolean().optional(),
  /** 0: no answer, the connection is reset. */
  status: z.number().int(),
  /** Reason phrase of the status line, where it is not the usual one. */
  reason: z.string().optional(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.string().default(''),
});

/**
 * Something in the lab's world that is not as it should be, outside of what administrators configure in the products: a
 * clock, a record of DNS, a firewall, a device in the way, a machine that is off, the version of a server. `from`: for
 * whom only; absent, for everybody.
 */
export const conditionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clock'), party: z.enum(labParties), offsetMs: z.number().int() }),
  /** The record of a name is missing, or leads to another name's server. */
  z.object({ kind: z.literal('record'), name: z.string(), leadsTo: z.string().optional(), from }),
  z.object({ kind: z.literal('firewall'), to: z.string(), action: z.enum(['refuse', 'drop']), from }),
  /** Resets connections, or forwards no more of them: at the TLS handshake, or once a request has been sent. */
  z.object({ kind: z.literal('cut'), hosts: z.array(z.string()).min(1), at: z.enum(['handshake', 'request']), how: z.enum(['reset', 'silence']).default('reset'), from }),
  /** Ends TLS, and passes requests on by HTTP, which may change on the way. */
  z.object({
    kind: z.literal('device'),
    hosts: z.array(z.string()).min(1),
    from,
    /** What it shows of itself. `ours`: a certificate of the lab's authority, for these hosts. */
    certificate: z.enum(['ours', 'unknownAuthority', 'selfSigned', 'expired', 'endsSoon', 'otherName']).default('ours'),
    tls: z.object({ maxVersion: z.enum(['TLSv1', 'TLSv1.1', 'TLSv1.2']).optional(), ciphers: z.string().optional() }).default({}),
    /** `plain`: to port 80 of the server, as by SSL offloading. */
    onward: z.enum(['tls', 'plain']).default('tls'),
    /** The server behind it, where that is not the name by which clients come. */
    behind: z.string().optional(),
    /** The `Host` that it passes on instead of the client's. */
    host: z.string().optional(),
    delayMs: z.number().int().default(0),
    answers: z.array(answer).default([]),
    stripAuthorization: z.boolean().default(false),
    /** Answers of the server to POST end after so many bytes, as when it crashes. */
    truncateAt: z.number().int().optional(),
  }),
  /** A TXT record that somebody publishes. */
  z.object({ kind: z.literal('text'), name: z.string(), text: z.string() }),
  /** Somebody cleaned the certificate store of the server on premises up; it comes back with its key. */
  z.object({ kind: z.literal('certificateRemoved'), thumbprint: z.string() }),
  /** Directory synchronisation has taken a recipient away; they come back as they were, and who was made by hand in their place gives way. */
  z.object({ kind: z.literal('recipientMissing'), side: z.enum(['onPremises', 'cloud']), address: z.string() }),
  /** Values on premises that time has made wrong, or that were there before: no cmdlet would set them. Written at once; there is nothing to put right. */
  z.object({ kind: z.literal('configuration'), object: z.enum(['AuthConfig', 'FederationTrust']), properties: z.record(z.string(), z.string().nullable()) }),
  /** An import that went wrong: so many entries of a minute each, from now on. */
  z.object({ kind: z.literal('crowdedCalendar'), side: z.enum(['onPremises', 'cloud']), address: z.string(), entries: z.number().int().min(1).max(5_000) }),
  /** Working hours as only a migration or an old version leaves them: nobody can set them so. Minutes after midnight. */
  z.object({ kind: z.literal('workingHours'), side: z.enum(['onPremises', 'cloud']), address: z.string(), start: z.number().int(), end: z.number().int() }),
  /** Office on the machine of the lab's people: its version, and `EnableADAL` of its registry. */
  z.object({ kind: z.literal('office'), version: z.string().optional(), enableAdal: z.number().int().min(0).max(1).optional() }),
  /** What the server on premises keeps, for how long, as servers of Exchange do: settings for a while, an issuer's keys until the next day. Ours keep neither. */
  z.object({ kind: z.literal('server'), settingsCacheMs: z.number().int().min(0).optional(), readsUnknownKeys: z.boolean().optional() }),
  /** The release of the agent. */
  z.object({ kind: z.literal('agentVersion'), version: z.string() }),
  /** The file system of the agent's logs takes no byte any more. */
  z.object({ kind: z.literal('diskFull'), party: z.literal('agent') }),
  /** The party was started anew; nothing else. */
  z.object({ kind: z.literal('restarted'), party: z.enum(labParties) }),
  z.object({ kind: z.literal('stopped'), party: z.enum(labParties) }),
  /** As `Get-ExchangeServer` shows it: `Version 15.1 (Build 1415.2)`. */
  z.object({ kind: z.literal('serverVersion'), version: z.string() }),
]);

export type Condition = z.infer<typeof conditionSchema>;
/** As it is written down, with defaults left out. */
export type ConditionInput = z.input<typeof conditionSchema>;
export type DeviceCondition = Extract<Condition, { kind: 'device' }>;
export type CutCondition = Extract<Condition, { kind: 'cut' }>;
