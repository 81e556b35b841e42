import type { z } from 'zod';

/** What a kind of configuration object looks like. The schema's key order is the published order of properties. */
export interface ConfigurationKind<Properties extends object> {
  readonly kind: string;
  /** Fills defaults and refuses what the real cmdlets refuse. */
  readonly schema: z.ZodType<Properties>;
  /** There is exactly one such object, of this name; it is made on first use and never removed. */
  readonly singleton?: string;
  /** What a name may be, where it is not 1 to 64 characters. */
  readonly nameSchema?: z.ZodType<string>;
  /** Further names by which an object is found, besides its own name and guid. */
  readonly identities?: (name: string, properties: Properties) => readonly string[];
  /** The values of a domain property that only one object of this kind may hold. */
  readonly exclusiveDomains?: (properties: Properties) => readonly string[];
}
