import type { ManagementErrorCode } from '../management-error.ts';
import { ManagementError } from '../management-error.ts';

/** How one of our codes looks in the answers of the real service: HTTP status, its `error.code`, error id and exception. */
interface PublishedError {
  status: number;
  code: string;
  /** Six hex digits after `Ex`; empty where public texts show none. */
  id: string;
  exception: string;
}

const badRequest = (exception: string, id = ''): PublishedError => ({ status: 400, code: 'BadRequest', id, exception });

/**
 * `Ex6F9304` with ManagementObjectNotFoundException and HTTP 404 `NotFound`, and `Ex9E65A2` for several matches, are as
 * published error reports show them. The exception names of the other lines are the ones that PowerShell and Exchange
 * use for such errors; that the service sends exactly these is *unverified*.
 */
const published: Readonly<Record<ManagementErrorCode, PublishedError>> = {
  MANAGEMENT_OBJECT_NOT_FOUND: { status: 404, code: 'NotFound', id: 'Ex6F9304', exception: 'Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException' },
  MANAGEMENT_OBJECT_AMBIGUOUS: badRequest('Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException', 'Ex9E65A2'),
  MANAGEMENT_OBJECT_EXISTS: badRequest('Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException'),
  MANAGEMENT_INVALID_VALUE: badRequest('Microsoft.Exchange.Data.DataValidationException'),
  MANAGEMENT_CMDLET_NOT_FOUND: badRequest('System.Management.Automation.CommandNotFoundException'),
  MANAGEMENT_PARAMETER_UNKNOWN: badRequest('System.Management.Automation.ParameterBindingException'),
  MANAGEMENT_PARAMETER_AMBIGUOUS: badRequest('System.Management.Automation.ParameterBindingException'),
  MANAGEMENT_PARAMETER_REPEATED: badRequest('System.Management.Automation.ParameterBindingException'),
  MANAGEMENT_PARAMETER_MISSING: badRequest('System.Management.Automation.ParameterBindingException'),
  MANAGEMENT_PARAMETER_INVALID: badRequest('System.Management.Automation.ParameterBindingException'),
  MANAGEMENT_REMOTE_FAILED: badRequest('System.InvalidOperationException'),
  MANAGEMENT_BAD_REQUEST: badRequest('System.ArgumentException'),
  MANAGEMENT_UNAUTHENTICATED: { status: 401, code: 'Unauthorized', id: '', exception: 'System.UnauthorizedAccessException' },
  MANAGEMENT_ACCESS_DENIED: { status: 403, code: 'Forbidden', id: '', exception: 'System.UnauthorizedAccessException' },
  MANAGEMENT_OUT_OF_SCOPE: badRequest('Microsoft.Exchange.Data.Directory.ADScopeException'),
  MANAGEMENT_UNKNOWN_TENANT: { status: 404, code: 'NotFound', id: '', exception: 'System.ArgumentException' },
  MANAGEMENT_THROTTLED: { status: 429, code: 'TooManyRequests', id: '', exception: 'System.InvalidOperationException' },
  MANAGEMENT_UNREACHABLE: { status: 502, code: 'BadGateway', id: '', exception: 'System.InvalidOperationException' },
  MANAGEMENT_UNEXPECTED_ANSWER: { status: 502, code: 'BadGateway', id: '', exception: 'System.InvalidOperationException' },
  MANAGEMENT_INTERNAL: { status: 500, code: 'InternalServerError', id: '', exception: 'System.Exception' },
};

/** An error's answer: `error.details[0].message` is `id|exception|text`, which clients of the service split. */
export interface AdminApiErrorBody {
  error: {
    code: string;
    message: string;
    details: readonly { code: string; target: string; message: string }[];
    innererror: {
      message: string;
      type: string;
      /** Ours: the stable code, by which our client tells errors apart. */
      hybridgeCode: string;
      /** Ours: what to do. */
      remedy?: string;
    };
  };
}

/** Status and body of an error's answer. Text only, no internals: anything not raised on purpose says nothing. */
export function adminApiError(error: unknown): { status: number; body: AdminApiErrorBody } {
  const known = error instanceof ManagementError ? error : new ManagementError('MANAGEMENT_INTERNAL', 'The cmdlet failed inside the service. Its log has the details.');
  const { status, code, id, exception } = published[known.code];
  return {
    status,
    body: {
      error: {
        code,
        message: 'Error executing cmdlet',
        details: [{ code: 'Client', target: '', message: `${id}|${exception}|${known.message}` }],
        innererror: {
          message: 'Error executing cmdlet',
          type: 'Microsoft.Exchange.Admin.OData.Core.ODataServiceException',
          hybridgeCode: known.code,
          ...(known.remedy === undefined ? {} : { remedy: known.remedy }),
        },
      },
    },
  };
}

/** Our code for an answer of a service that knows none of ours. */
export function codeOfPublishedError(status: number, exception: string, id: string): ManagementErrorCode {
  if (status === 401) return 'MANAGEMENT_UNAUTHENTICATED';
  if (status === 403) return 'MANAGEMENT_ACCESS_DENIED';
  if (status === 429) return 'MANAGEMENT_THROTTLED';
  if (id === 'Ex9E65A2') return 'MANAGEMENT_OBJECT_AMBIGUOUS';
  if (exception.endsWith('.ManagementObjectNotFoundException')) return 'MANAGEMENT_OBJECT_NOT_FOUND';
  if (exception.endsWith('.ManagementObjectAmbiguousException')) return 'MANAGEMENT_OBJECT_AMBIGUOUS';
  if (exception.endsWith('.ADObjectAlreadyExistsException') || exception.endsWith('.ProxyAddressExistsException')) return 'MANAGEMENT_OBJECT_EXISTS';
  if (exception.endsWith('.CommandNotFoundException')) return 'MANAGEMENT_CMDLET_NOT_FOUND';
  if (exception.endsWith('.ParameterBindingException')) return 'MANAGEMENT_PARAMETER_INVALID';
  return 'MANAGEMENT_INVALID_VALUE';
}

export function isManagementErrorCode(code: string): code is ManagementErrorCode {
  return Object.hasOwn(published, code);
}
