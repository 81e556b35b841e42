import { checkAvailabilityRequest } from '../../codec/check-availability-request.ts';
import type { AvailabilityLimits } from '../../codec/check-availability-request.ts';
import { decodeAvailabilityRequest } from '../../codec/decode-availability-request.ts';
import { encodeAvailabilityResponse } from '../../codec/encode-availability-response.ts';
import { writeServerTiming } from '../../codec/server-timing.ts';
import { readTimeZoneContext } from '../../codec/time-zone-context.ts';
import type { LookUpFreeBusy } from '../requester.ts';
import type { Operation } from './operation.ts';

/**
 * GetUserAvailability ([MS-OXWAVLS] §3.1.4.1;
 * https://learn.microsoft.com/exchange/client-developer/web-service-reference/getuseravailability-operation).
 * How the answers came about goes into `Server-Timing` for the organisation's own people only.
 */
export function getUserAvailabilityOperation(lookUpFreeBusy: LookUpFreeBusy, limits: AvailabilityLimits): Operation {
  return {
    requestElement: 'GetUserAvailabilityRequest',
    async handle({ element, envelope, requestVersion, serverVersion, requester, context }) {
      const request = decodeAvailabilityRequest(element, readTimeZoneContext(envelope), limits);
      checkAvailabilityRequest(request, limits);
      const response = await lookUpFreeBusy(request, requester, context);
      const answer = encodeAvailabilityResponse(response, {
        version: envelope.version,
        serverVersion,
        timeZone: request.timeZone,
        knowsWorkingElsewhere: requestVersion.isFrom('Exchange2013'),
      });
      if (requester.origin !== 'local' || response.paths === undefined || response.paths.length === 0) return answer;
      return { ...answer, headers: { 'server-timing': writeServerTiming(request, response.paths) } };
    },
  };
}
