import { createHash, randomInt } from 'node:crypto';
import { isDuplicateKey } from '../../../store/index.ts';
import { certificateBase64, readCertificate } from '../../certificates/read-certificate.ts';
import { IdentityError } from '../../identity-error.ts';
import { conflict } from '../../sts/not-found.ts';
import type { StsContext } from '../../sts/sts-context.ts';

/** An organisation that the gateway knows. */
export interface FederatedApplication {
  applicationId: string;
  /** Application URIs, as written. */
  uris: readonly string[];
  /** Lower case. A person's e-mail address must be of one of these. */
  domains: readonly string[];
  /** base64 DER, newest first. */
  certificates: readonly string[];
  ofService: boolean;
}

export interface NewFederatedApplication {
  /** Sixteen hexadecimal digits: those of a registration that was lost. Default: new ones. */
  applicationId?: string;
  certificate: string;
  uris?: readonly string[];
  domains?: readonly string[];
  ofService?: boolean;
}

/** An organisation keeps this many certificates: the current one, the one before and the next. */
const certificatesKept = 3;
const mostApplications = 10_000;

type Context = Pick<StsContext, 'db' | 'clock'>;

export async function createFederatedApplication(context: Context, application: NewFederatedApplication): Promise<FederatedApplication> {
  const { db, clock } = context;
  const { count } = await db.selectFrom('federatedApplication').select((query) => query.fn.countAll<number>().as('count')).executeTakeFirstOrThrow();
  if (count >= mostApplications) throw refused('The federation gateway takes no more applications.');
  // The shape of a LiveID application identifier: sixteen hexadecimal digits.
  const applicationId = application.applicationId ?? Array.from({ length: 4 }, () => randomInt(0x10000).toString(16).toUpperCase().padStart(4, '0')).join('');
  try {
    await db.insertInto('federatedApplication').values({ applicationId, ofService: Number(application.ofService ?? false), createdAt: clock.now() }).execute();
  } catch (error) {
    if (isDuplicateKey(error)) throw conflict('federated application', applicationId);
    throw error;
  }
  await addFederatedCertificate(context, applicationId, application.certificate);
  for (const domain of application.domains ?? []) await reserveDomain(context, applicationId, domain);
  for (const uri of application.uris ?? []) await addUri(context, applicationId, uri);
  return getFederatedApplication(context, applicationId);
}

export async function findByUri(context: Context, uri: string): Promise<FederatedApplication | undefined> {
  const row = await context.db.selectFrom('federatedUri').select('applicationId').where('uriKey', '=', uri.toLowerCase()).executeTakeFirst();
  return row === undefined ? undefined : getFederatedApplication(context, row.applicationId);
}

/** @throws IdentityError `IDENTITY_STS_NOT_FOUND` */
export async function getFederatedApplication({ db }: Context, applicationId: string): Promise<FederatedApplication> {
  const row = await db.selectFrom('federatedApplication').selectAll().where('applicationId', '=', applicationId).executeTakeFirst();
  if (row === undefined) throw new IdentityError('IDENTITY_STS_NOT_FOUND', `There is no federated application ${applicationId.slice(0, 64)}.`, { facts: { status: 404 } });
  const uris = await db.selectFrom('federatedUri').select('uri').where('applicationId', '=', applicationId).orderBy('uriKey').execute();
  const domains = await db.selectFrom('federatedDomain').select('name').where('applicationId', '=', applicationId).orderBy('name').execute();
  const certificates = await db.selectFrom('federatedCertificate').select('certificate').where('applicationId', '=', applicationId).orderBy('createdAt', 'desc').execute();
  return {
    applicationId,
    uris: uris.map(({ uri }) => uri),
    domains: domains.map(({ name }) => name),
    certificates: certificates.map(({ certificate }) => certificate),
    ofService: row.ofService === 1,
  };
}

export async function listFederatedApplications(context: Context): Promise<FederatedApplication[]> {
  const rows = await context.db.selectFrom('federatedApplication').select('applicationId').orderBy('createdAt').execute();
  return Promise.all(rows.map(({ applicationId }) => getFederatedApplication(context, applicationId)));
}

export async function removeFederatedApplication({ db }: Context, applicationId: string): Promise<void> {
  await getFederatedApplication({ db } as Context, applicationId);
  await db.deleteFrom('federatedApplication').where('applicationId', '=', applicationId).execute();
}

/** Makes a certificate the newest one of an application: tokens for it are encrypted to it from now on. */
export async function addFederatedCertificate({ db, clock }: Context, applicationId: string, certificate: string): Promise<void> {
  const { x5t, publicKey } = readCertificate(certificate);
  if (publicKey.asymmetricKeyType !== 'rsa') throw refused('The certificate has no RSA key.');
  await db.transaction().execute(async (tx) => {
    const newest = await tx.selectFrom('federatedCertificate').select('createdAt').where('applicationId', '=', applicationId).orderBy('createdAt', 'desc').execute();
    const createdAt = Math.max(clock.now(), (newest[0]?.createdAt ?? 0) + 1);
    await tx
      .insertInto('federatedCertificate')
      .values({ applicationId, x5t, certificate: certificateBase64(certificate), createdAt })
      .onConflict((conflict) => conflict.columns(['applicationId', 'x5t']).doUpdateSet({ createdAt }))
      .execute();
    const all = await tx.selectFrom('federatedCertificate').select('x5t').where('applicationId', '=', applicationId).orderBy('createdAt', 'desc').execute();
    for (const { x5t: old } of all.slice(certificatesKept)) await tx.deleteFrom('federatedCertificate').where('applicationId', '=', applicationId).where('x5t', '=', old).execute();
  });
}

export async function reserveDomain({ db }: Context, applicationId: string, domain: string): Promise<void> {
  const name = domain.toLowerCase();
  const holder = await db.selectFrom('federatedDomain').select('applicationId').where('name', '=', name).executeTakeFirst();
  if (holder?.applicationId === applicationId) return;
  // Whoever proves a domain has it: a former owner's registration must not stand in the way.
  await db
    .insertInto('federatedDomain')
    .values({ name, applicationId })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ applicationId }))
    .execute();
}

export async function releaseDomain({ db }: Context, applicationId: string, domain: string): Promise<void> {
  await db.deleteFrom('federatedDomain').where('applicationId', '=', applicationId).where('name', '=', domain.toLowerCase()).execute();
}

/** An application URI is a domain of the application, or a name below one, as `FYDIBOHF25SPDLT.contoso.com` is. */
export async function addUri(context: Context, applicationId: string, uri: string): Promise<void> {
  const application = await getFederatedApplication(context, applicationId);
  const key = uri.toLowerCase();
  const isOwn = application.ofService || application.domains.some((domain) => key === domain || key.endsWith(`.${domain}`));
  if (!isOwn) throw refused('The application URI does not belong to a domain of the application.', { uri: key.slice(0, 256) });
  try {
    await context.db.insertInto('federatedUri').values({ uriKey: key, uri, applicationId }).execute();
  } catch (error) {
    if (!isDuplicateKey(error)) throw error;
    // The domain was proved, so an older registration of the same name is void.
    await context.db.updateTable('federatedUri').set({ applicationId, uri }).where('uriKey', '=', key).execute();
  }
}

export async function removeUri({ db }: Context, applicationId: string, uri: string): Promise<void> {
  await db.deleteFrom('federatedUri').where('applicationId', '=', applicationId).where('uriKey', '=', uri.toLowerCase()).execute();
}

/**
 * The TXT record that proves a domain: base64 of a SHA-512 hash over the domain and the certificate's thumbprint. Exchange
 * publishes such a record as the output of Get-FederatedDomainProof; how it hashes is *unverified*, so is this form.
 */
export function domainProof(domain: string, certificate: string): string {
  return createHash('sha512').update(`${domain.toLowerCase()}|${readCertificate(certificate).thumbprint}`).digest('base64');
}

function refused(message: string, facts: Record<string, unknown> = {}): IdentityError {
  return new IdentityError('IDENTITY_STS_INPUT', message, { facts: { status: 400, ...facts } });
}
