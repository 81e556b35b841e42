import { toOnPremises } from './fault.ts';
import type { Fault, FaultStep } from './fault.ts';

/** What the wizard makes on a full run, in the cloud. */
const made = {
  IntraOrganizationConnector: ['Name', 'TargetAddressDomains', 'DiscoveryEndpoint', 'TargetSharingEpr', 'Enabled'],
  OrganizationRelationship: ['Name', 'DomainNames', 'Enabled', 'FreeBusyAccessEnabled', 'FreeBusyAccessLevel', 'MailTipsAccessEnabled', 'MailTipsAccessLevel', 'DeliveryReportEnabled', 'PhotosEnabled', 'MailboxMoveEnabled', 'ArchiveAccessEnabled', 'TargetApplicationUri', 'TargetAutodiscoverEpr', 'TargetSharingEpr', 'TargetOwaURL'],
} as const;

export const minimalHybrid: Fault = {
  id: 'fb9-minimal-hybrid',
  symptom: toOnPremises,
  trust: 'any',
  async plan({ Cloud }) {
    const inject: FaultStep[] = [];
    const undo: FaultStep[] = [];
    for (const [noun, properties] of Object.entries(made)) {
      for (const object of await Cloud.invoke(`Get-${noun}`)) {
        inject.push({ session: 'Cloud', cmdlet: `Remove-${noun}`, parameters: { Identity: object['Name'], Confirm: false } });
        undo.push({ session: 'Cloud', cmdlet: `New-${noun}`, parameters: Object.fromEntries(properties.filter((name) => object[name] !== null && object[name] !== undefined && object[name] !== '').map((name) => [name, object[name]])) });
      }
    }
    return { inject, undo };
  },
};
