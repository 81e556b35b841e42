import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import { errorText } from '../../foundation/index.ts';
import type { Migration } from '../../store/index.ts';
import { OrganizationError } from '../organization-error.ts';
import { createSealer, readSealerKey } from './open-sealer.ts';
import type { Sealer } from './open-sealer.ts';

/** A name and password with which this organisation signs in somewhere else. */
export interface StoredCredential {
  userName: string;
  password: string;
}

/** Apart from the objects that use them, so that no Get can return one. Their passwords are encrypted. */
export interface Credentials {
  /** @throws OrganizationError `ORGANIZATION_CREDENTIAL_KEY` for what another key has sealed */
  get(ownerGuid: string): Promise<StoredCredential | undefined>;
  /** @throws OrganizationError `ORGANIZATION_CREDENTIAL_KEY` */
  set(ownerGuid: string, credential: StoredCredential): Promise<void>;
  remove(ownerGuid: string): Promise<void>;
}

export interface CredentialSchema {
  stored_credential: { owner: string; user_name: string; sealed: string };
}

export const credentialMigrations: readonly Migration<CredentialSchema>[] = [
  async ({ schema }) => {
    await schema
      .createTable('stored_credential')
      .addColumn('owner', 'text', (column) => column.primaryKey())
      .addColumn('user_name', 'text', (column) => column.notNull())
      .addColumn('sealed', 'text', (column) => column.notNull())
      .execute();
  },
];

/** @param keyFile made when the first credential is stored; undefined for a key that lasts as long as this object */
export function createCredentials(db: Kysely<CredentialSchema>, keyFile: string | undefined): Credentials {
  let opened: Sealer | undefined;
  const sealer = (): Sealer => (opened ??= openSealer(keyFile));
  return {
    async get(owner) {
      const row = await db.selectFrom('stored_credential').selectAll().where('owner', '=', owner).executeTakeFirst();
      if (row === undefined) return undefined;
      const cipher = sealer();
      try {
        return { userName: row.user_name, password: cipher.open(owner, row.sealed).toString('utf8') };
      } catch (error) {
        throw new OrganizationError('ORGANIZATION_CREDENTIAL_KEY', 'A stored password was encrypted with another key.', {
          facts: { owner, keyFile },
          cause: error,
          remedy: 'Put the key file back, or give the credentials anew.',
        });
      }
    },
    async set(owner, { userName, password }) {
      const sealed = sealer().seal(owner, Buffer.from(password));
      await db
        .insertInto('stored_credential')
        .values({ owner, user_name: userName, sealed })
        .onConflict((conflict) => conflict.column('owner').doUpdateSet({ user_name: userName, sealed }))
        .execute();
    },
    async remove(owner) {
      await db.deleteFrom('stored_credential').where('owner', '=', owner).execute();
    },
  };
}

function openSealer(keyFile: string | undefined): Sealer {
  try {
    return createSealer(keyFile === undefined ? randomBytes(32) : readSealerKey(keyFile));
  } catch (error) {
    throw new OrganizationError('ORGANIZATION_CREDENTIAL_KEY', 'The key file of stored credentials cannot be used.', {
      facts: { file: keyFile, reason: errorText(error) },
      cause: error,
      remedy: 'Check the file and its permissions.',
    });
  }
}
