import { z } from 'zod';
import type { LoadedConfiguration } from '../../service/index.ts';
import { listenerSettings, readCertificatePair } from '../../service/index.ts';

/** A listener with a certificate of its own, PEM files. */
export function secureListenerSettings(port: number): z.ZodObject<{ host: typeof listenerSettings.host; port: z.ZodDefault<typeof listenerSettings.port>; certificate: z.ZodString; privateKey: z.ZodString }, z.core.$strict> {
  return z.strictObject({ ...listenerSettings, port: listenerSettings.port.default(port), certificate: z.string().min(1), privateKey: z.string().min(1) });
}

interface SecureListener {
  host: string;
  port: number;
  certificate?: string | undefined;
  privateKey?: string | undefined;
}

/** Reads the files of a listener. @throws ConfigurationError */
export function secureListener(configuration: LoadedConfiguration<unknown>, key: string, { host, port, certificate = '', privateKey = '' }: SecureListener): { host: string; port: number; cert: string; key: string } {
  const pair = readCertificatePair(configuration, key, { certificate, privateKey });
  return { host, port, cert: pair.certificate, key: pair.privateKey };
}
