import type { NewStsKeyCredential } from '../../../identity/index.ts';
import { ManagementError } from '../../management-error.ts';

export interface GivenCredential {
  Type: string | undefined;
  Usage: string | undefined;
  Value: string | undefined;
  StartDate: number | undefined;
  EndDate: number | undefined;
}

/**
 * The certificate that MSOnline's parameters of a credential describe.
 *
 * @throws ManagementError `MANAGEMENT_INVALID_VALUE` for keys and passwords, `MANAGEMENT_PARAMETER_MISSING` without a value
 */
export function certificateCredential({ Type, Usage, Value, StartDate, EndDate }: GivenCredential): NewStsKeyCredential {
  if ((Type ?? 'Asymmetric') !== 'Asymmetric' || (Usage ?? 'Verify') !== 'Verify') {
    throw new ManagementError('MANAGEMENT_INVALID_VALUE', 'Only credentials of the type Asymmetric and the usage Verify can be made here.', { remedy: 'Give a certificate, base64 DER, as Value.' });
  }
  if (Value === undefined) throw new ManagementError('MANAGEMENT_PARAMETER_MISSING', 'Cannot process command because of one or more missing mandatory parameters: Value.');
  return { value: Value, ...(StartDate === undefined ? {} : { startDate: StartDate }), ...(EndDate === undefined ? {} : { endDate: EndDate }) };
}
