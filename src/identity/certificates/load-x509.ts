import type * as X509 from '@peculiar/x509';

/** The library as a module. */
export type X509Library = typeof X509;

type Metadata = Map<PropertyKey, unknown>;

interface ReflectWithMetadata {
  getMetadata?(key: PropertyKey, target: object): unknown;
  getOwnMetadata?(key: PropertyKey, target: object): unknown;
  defineMetadata?(key: PropertyKey, value: unknown, target: object): void;
}

/**
 * Loads `@peculiar/x509` when a certificate is to be made, and not before: it takes a sixth of a second, and most
 * processes never make one.
 *
 * The library finds its algorithm providers through tsyringe, which wants the metadata functions of the withdrawn
 * "Metadata Reflection" proposal on the global `Reflect` and calls three of them. They are added where absent.
 */
export async function loadX509(): Promise<X509Library> {
  addMetadataFunctions(Reflect as ReflectWithMetadata);
  return import('@peculiar/x509');
}

function addMetadataFunctions(reflect: ReflectWithMetadata): void {
  if (reflect.getMetadata !== undefined) return;
  const stored = new WeakMap<object, Metadata>();
  const own = (key: PropertyKey, target: object): unknown => stored.get(target)?.get(key);
  reflect.getOwnMetadata = own;
  reflect.getMetadata = (key, target) => {
    for (let holder: object | null = target; holder !== null; holder = Object.getPrototypeOf(holder) as object | null) {
      const value = own(key, holder);
      if (value !== undefined) return value;
    }
    return undefined;
  };
  reflect.defineMetadata = (key, value, target) => {
    const metadata: Metadata = stored.get(target) ?? new Map<PropertyKey, unknown>();
    stored.set(target, metadata.set(key, value));
  };
}
