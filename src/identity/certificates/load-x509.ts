import type * as X509 from '@peculiar/x509';

/** The library as a module. */
export type X509Library = typeof X509;

/**
 * Loads `@peculiar/x509` when a certificate is to be made, and not before: it takes a sixth of a second, and most
 * processes never make one.
 *
 * The library finds its algorithm providers through tsyringe, which wants the metadata functions of the withdrawn
 * "Metadata Reflection" proposal on the global `Reflect`; `reflect-metadata` puts them there.
 */
export async function loadX509(): Promise<X509Library> {
  await import('reflect-metadata');
  return import('@peculiar/x509');
}
