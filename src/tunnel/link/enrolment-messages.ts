import { z } from 'zod';

/** Where an agent enrols, on the relay's own host name. */
export const enrolmentPath = '/.well-known/hybridge/enrol';

/** What an agent posts to enrol. */
export const enrolmentRequestSchema = z.object({
  token: z.string().min(1).max(200),
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

export type EnrolmentRequest = z.infer<typeof enrolmentRequestSchema>;
export type EnrolmentResponse = z.infer<typeof enrolmentResponseSchema>;
