import type { ParameterDefinition } from '../../binding/parameter-definition.ts';
import { identityToChange, oneConfiguration, setConfiguration } from '../configuration-cmdlets.ts';
import { defineExchangeCmdlet } from '../exchange-context.ts';

const ofMail = (what: string) => ({ type: 'boolean', description: `${what} Kept and shown.` }) as const satisfies ParameterDefinition;

export const setRemoteDomain = defineExchangeCmdlet({
  name: 'Set-RemoteDomain',
  synopsis: 'Changes how mail for a domain elsewhere is treated.',
  parameters: {
    Identity: identityToChange,
    TargetDeliveryDomain: { type: 'boolean', side: 'OnPremises', description: '$true: New-RemoteMailbox makes routing addresses in this domain. Only one domain can be it.' },
    AllowedOOFType: { type: ['External', 'InternalLegacy', 'ExternalLegacy', 'None'], description: 'Which automatic replies go out. Kept and shown.' },
    AutoReplyEnabled: ofMail('Automatic replies.'),
    AutoForwardEnabled: ofMail('Automatic forwards.'),
    DeliveryReportEnabled: ofMail('Delivery reports.'),
    IsInternal: ofMail('Counts as a part of this organisation.'),
    Name: { type: 'string', description: 'A new name.' },
    NDREnabled: ofMail('Reports of mail that could not be delivered.'),
    TNEFEnabled: { type: 'boolean', nullable: true, description: 'Rich text. Kept and shown.' },
    TrustedMailInboundEnabled: ofMail('Mail from there is trusted.'),
    TrustedMailOutboundEnabled: ofMail('Mail to there is trusted.'),
  },
  example: 'Set-RemoteDomain "Hybrid Domain - contoso.mail.onmicrosoft.test" -TargetDeliveryDomain $true',
  roles: ['Remote and Accepted Domains'],
  async run(context, { Identity, Name, ...changes }) {
    const { configuration } = context.organization;
    const former = await oneConfiguration(context, 'RemoteDomain', Identity);
    const target = changes.TargetDeliveryDomain === true ? (await configuration.list('RemoteDomain')).find((domain) => domain.properties.TargetDeliveryDomain && domain.guid !== former.guid) : undefined;
    if (target !== undefined) {
      // As published: the last one that was set is it.
      await setConfiguration(context, 'RemoteDomain', target, { TargetDeliveryDomain: false });
      context.warn(`'${target.name}' is no longer the target delivery domain.`);
    }
    return setConfiguration(context, 'RemoteDomain', former, changes, { newName: Name });
  },
});
