import { z } from 'zod';

/**
 * A secret, never written into the configuration itself: `{ file: path }` or `{ environment: NAME }`. The variable that
 * overrides the key (`HYBRIDGE_RELAY_ADMIN_KEY`) holds the secret itself.
 */
export const secretReference = z
  .strictObject({ file: z.string().min(1).optional(), environment: z.string().min(1).optional() }, { error: (issue) => (issue.code === 'invalid_type' ? 'A secret is not written here.' : undefined) })
  .refine((reference) => (reference.file === undefined) !== (reference.environment === undefined), { message: 'Either file or environment must be given.' });

export type SecretReference = z.infer<typeof secretReference>;

const port = z.int().min(0).max(65535);

/** Keys that every listener has. Listeners are on loopback unless the file says otherwise; port 0 lets the system choose. */
export const listenerSettings = { host: z.string().min(1).default('127.0.0.1'), port: port.default(0) };

/** Keys that every party has for its logs. Lines of the log go to standard output. */
export const logSettings = {
  logLevel: z.enum(['trace', 'debug', 'info', 'warn', 'error']).default('info'),
  /** Folder of the access logs; absent: none are written. */
  accessLogDirectory: z.string().min(1).optional(),
  /** Seconds that work in hand may take after SIGTERM or Ctrl-C. */
  drainSeconds: z.number().min(0).max(3600).default(30),
};
