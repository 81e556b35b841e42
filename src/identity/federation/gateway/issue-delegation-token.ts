import { randomBytes } from 'node:crypto';
import type { StsContext } from '../../sts/sts-context.ts';
import { readCertificate } from '../../certificates/read-certificate.ts';
import { readSecuredEnvelope, verifyEnvelope } from '../message-security.ts';
import type { SecuredEnvelope, VerifiedEnvelope } from '../message-security.ts';
import { signAssertion, writeAssertion } from '../saml-assertion.ts';
import { computeProofKey, pathText, readTokenRequest } from '../security-token-request.ts';
import type { ReadTokenRequest } from '../security-token-request.ts';
import { writeTokenResponse } from '../security-token-response.ts';
import { encryptElement } from '../xml-encryption.ts';
import { federationNamespaces as names } from '../federation-namespaces.ts';
import type { FederatedApplication } from './federated-applications.ts';
import { findByUri } from './federated-applications.ts';
import type { GatewayRefusal } from './gateway-refusal.ts';
import { applicationMissing, gatewayRefusals, isDelegationState, writeGatewayFault } from './gateway-refusal.ts';
import { parseXml, readSoapEnvelope } from '../../../xml/index.ts';
import { gatewayKey, gatewayUri } from './gateway-key.ts';

/** The published life of the `MSExchange.Autodiscover` offer; that free/busy tokens live as long is *unverified*. */
const tokenSeconds = 28_800;

export interface GatewayAnswer {
  status: number;
  xml: string;
  /** For the log. */
  outcome: string;
  facts: Record<string, unknown>;
}

/** Answers one POST to `extSTS.srf`. */
export async function issueDelegationToken(context: StsContext, body: Uint8Array): Promise<GatewayAnswer> {
  const result = await tryToIssue(context, body);
  if ('token' in result) return { status: 200, xml: result.token, outcome: 'issued', facts: result.facts };
  const { refusal, facts } = result;
  return { status: 500, xml: writeGatewayFault(refusal), outcome: refusal.internalCode, facts: { text: refusal.text, ...facts } };
}

type Issued = { token: string; facts: Record<string, unknown> } | { refusal: GatewayRefusal; facts: Record<string, unknown> };

async function tryToIssue(context: StsContext, body: Uint8Array): Promise<Issued> {
  const refuse = (refusal: GatewayRefusal, facts: Record<string, unknown> = {}): Issued => ({ refusal, facts });
  const secured = readSecuredEnvelope(body, { maximumBytes: 262_144 });
  if (secured === undefined) return refuse(gatewayRefusals.request);
  const claimed = claimedRequestor(secured);
  if (claimed === undefined) return refuse(gatewayRefusals.request);
  const caller = await findByUri(context, claimed);
  if (caller === undefined) return refuse(applicationMissing(claimed), { requestor: claimed });
  const verified = verifyBySender(context, secured, caller);
  if (typeof verified === 'string') return refuse(gatewayRefusals.signature, { requestor: claimed, reason: verified });
  const request = readTokenRequest(verified.body);
  if (request?.requestor !== claimed) return refuse(gatewayRefusals.request, { requestor: claimed });
  if (!(await isNew(context, secured, verified.voidFrom))) return refuse(gatewayRefusals.signature, { requestor: claimed, reason: 'replay' });
  const facts = { requestor: claimed, target: request.target, action: request.action, emailAddress: request.onBehalfOf.emailAddress };
  const target = await findByUri(context, request.target);
  if (target === undefined) return refuse(applicationMissing(request.target), facts);
  const refusal = await personRefusal(context, caller, request);
  if (refusal !== undefined) return refuse(refusal, facts);
  return { token: await issue(context, request, target), facts };
}

/** Who the request says it is from. Only tells which certificates to check it with. */
function claimedRequestor(secured: SecuredEnvelope): string | undefined {
  const [request] = readSoapEnvelope(parseXml(secured.xml)).body;
  return request && pathText(request, [[names.authorization, 'AdditionalContext'], [names.authorization, 'ContextItem'], [names.authorization, 'Value']]);
}

/** Checks a message against the registered certificates of its sender that are in their time. */
export function verifyBySender(context: Pick<StsContext, 'clock'>, secured: SecuredEnvelope, sender: Pick<FederatedApplication, 'certificates'>): VerifiedEnvelope | string {
  const now = context.clock.now();
  const valid = sender.certificates.map(readCertificate).filter(({ notBefore, notAfter }) => notBefore <= now && notAfter > now);
  if (valid.length === 0) return 'certificate expired';
  let problem = 'signature';
  for (const { publicKey } of valid) {
    const verified = verifyEnvelope(secured, { kind: 'RSA', publicKey }, context.clock);
    if (typeof verified !== 'string') return verified;
    if (verified === 'timestamp') problem = verified;
  }
  return problem;
}

/** True the first time that a message is met. */
export async function isNew({ db, clock }: StsContext, secured: SecuredEnvelope, voidFrom: number): Promise<boolean> {
  await db.deleteFrom('assertion').where('expiresAt', '<', clock.now()).execute();
  const result = await db
    .insertInto('assertion')
    .values({ tokenId: `message ${secured.fingerprint}`, expiresAt: voidFrom })
    .onConflict((conflict) => conflict.column('tokenId').doNothing())
    .executeTakeFirst();
  return Number(result.numInsertedOrUpdatedRows ?? 0) === 1;
}

/**
 * An organisation may speak for people of its own domains. People of the service's organisations must be users of this
 * directory under the name that they are asked for with, and in good standing.
 */
async function personRefusal({ db }: StsContext, caller: FederatedApplication, { onBehalfOf }: ReadTokenRequest): Promise<GatewayRefusal | undefined> {
  const { emailAddress, nameIdentifier } = onBehalfOf;
  const domain = emailAddress.slice(emailAddress.lastIndexOf('@') + 1).toLowerCase();
  if (!/^[^@\s]+@[^@\s]+$/.test(emailAddress) || !caller.domains.includes(domain)) return gatewayRefusals.domain;
  if (!caller.ofService) return undefined;
  const user = await db
    .selectFrom('user')
    .leftJoin('delegationState', 'delegationState.userId', 'user.objectId')
    .select(['user.enabled', 'delegationState.state'])
    .where('userPrincipalNameKey', '=', nameIdentifier.toLowerCase())
    .executeTakeFirst();
  if (user === undefined || user.enabled === 0) return gatewayRefusals.memberName;
  return user.state !== null && isDelegationState(user.state) ? gatewayRefusals[user.state] : undefined;
}

async function issue(context: StsContext, request: ReadTokenRequest, target: FederatedApplication): Promise<string> {
  const now = context.clock.now();
  const expiresAt = now + tokenSeconds * 1000;
  const isComputed = request.entropy !== undefined && request.entropy.length >= 16;
  const entropy = randomBytes(32);
  const { nameIdentifier, emailAddress } = request.onBehalfOf;
  const { id, xml } = writeAssertion({
    issuer: gatewayUri,
    audience: request.target,
    notBefore: now,
    notOnOrAfter: expiresAt,
    nameIdentifier,
    emailAddress,
    action: request.action,
    proofKey: isComputed ? computeProofKey(request.entropy ?? entropy, entropy) : entropy,
  });
  const signed = signAssertion(xml, await gatewayKey(context));
  const [certificate = ''] = target.certificates;
  const encryptedAssertion = await encryptElement(signed, certificate);
  return writeTokenResponse({ target: request.target, encryptedAssertion, assertionId: id, createdAt: now, expiresAt, entropy, isComputed });
}

