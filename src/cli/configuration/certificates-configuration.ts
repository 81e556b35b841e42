import { z } from 'zod';
import { secretReference } from '../../service/index.ts';

const https = z.url({ protocol: /^https$/, error: 'Write https://host[:port].' });
const credentials = { user: z.string().min(1).optional(), password: secretReference.optional(), token: secretReference.optional() };

/** An organisation's admin API, with a user's password or a bearer token. */
const organizationSettings = z.strictObject({ url: https, tenant: z.string().min(1), anchorMailbox: z.string().min(1).optional(), ...credentials });
const organization = organizationSettings.refine(({ user, password, token }) => (token !== undefined) !== (user !== undefined && password !== undefined), { message: 'Either user and password or token must be given.' });

/** The same where a person can be asked for user and password. */
export const askedOrganization = organizationSettings.refine(({ user, password, token }) => token === undefined || (user === undefined && password === undefined), { message: 'Either user and password or token can be given.' });

/** The connections of which commands that administer both organisations have some or all. */
export const connectionSettings = {
  onPremises: organization.optional(),
  cloud: organization.optional(),
  /** Admin listener of the token service; `tenant` is an id or a domain. */
  tokenService: z.strictObject({ url: https, key: secretReference, tenant: z.string().min(1) }).optional(),
  relay: z.strictObject({ url: https, key: secretReference, tenant: z.string().min(1).optional() }).optional(),
  /** PEM file of authorities to trust besides the built-in ones. */
  ca: z.string().min(1).optional(),
};

/** `certificates.yaml`: where certificates are looked for. Paths are relative to its folder; what is left out is not asked. */
export const certificatesConfigurationSchema = z.strictObject({
  ...connectionSettings,
  /** `https://…/autodiscover/metadata/json/1` of the cloud organisation. */
  cloudMetadataUrl: https.optional(),
  /** State folders of agents on this machine. */
  agents: z.array(z.string().min(1)).max(100).default([]),
  /** TLS servers, `host:port`. */
  tls: z.array(z.string().min(1)).max(500).default([]),
});
