import { z } from 'zod';

/** Where an agent enrols, on the relay's own host name. */
export const enrolmentPath = '/.well-known/hybridge/enrol';

/** Where an agent asks, on the relay's own host name, how an administrator signs in to enrol it without a token. */
export const signInPath = '/.well-known/hybridge/sign-in';

/** What an agent needs for a device authorization request (RFC 8628 §3.1). */
export const signInResponseSchema = z.object({
  /** Base of the token service's endpoints, `https://login.example/organizations`. */
  authority: z.string().max(300).regex(/^https:\/\/[^\s?#]+$/),
  clientId: z.string().min(1).max(100),
  scope: z.string().min(1).max(500),
});

/** What an agent posts to enrol: the permission is a one-time token, or an access token of an administrator. */
export const enrolmentRequestSchema = z.object({
  token: z.string().min(1).max(200).optional(),
  accessToken: z.string().min(1).max(16 * 1024).optional(),
  /** PKCS #10, PEM. */
  request: z.string().max(16 * 1024),
  machineName: z.string().min(1).max(256),
  version: z.string().max(64),
  /** The agent's clock, epoch milliseconds: a certificate is of no use to a machine that lives in another time. */
  time: z.number().int(),
});

export const enrolmentResponseSchema = z.object({
  agentId: z.guid(),
  tenantId: z.string().max(64),
  /** PEM. */
  certificate: z.string().max(64 * 1024),
  /** The relay's authority for agents, PEM. */
  authority: z.string().max(64 * 1024),
});

export const enrolmentErrorSchema = z.object({
  error: z.object({ code: z.string().max(64), message: z.string().max(1000), remedy: z.string().max(1000).optional() }),
});

export type SignInResponse = z.infer<typeof signInResponseSchema>;
export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;
export type EnrolmentResponse = z.infer<typeof enrolmentResponseSchema>;
