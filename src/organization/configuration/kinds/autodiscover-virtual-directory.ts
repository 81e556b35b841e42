import { z } from 'zod';
import type { ConfigurationKind } from '../configuration-kind.ts';
import type { VirtualDirectory } from './virtual-directory.ts';
import { virtualDirectoryIdentities, virtualDirectoryShape } from './virtual-directory.ts';

/** Get-AutodiscoverVirtualDirectory: how Autodiscover of one server is signed in to. Its URLs are always blank. */
export type AutodiscoverVirtualDirectory = VirtualDirectory;

export const autodiscoverVirtualDirectory: ConfigurationKind<AutodiscoverVirtualDirectory> = {
  kind: 'AutodiscoverVirtualDirectory',
  schema: z.strictObject(virtualDirectoryShape(true)) as unknown as z.ZodType<AutodiscoverVirtualDirectory>,
  identities: virtualDirectoryIdentities,
};
