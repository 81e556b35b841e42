/**
 * What relay and agent share, so that neither imports the other: the strict HTTP/1.1 framer that finds heads and
 * message boundaries without touching bodies, the HTTP/2 of a link with its flow control and the memory of what it
 * carries, the path policy, the refusals both may answer, the settings and liveness of a link, and the control and
 * enrolment messages with their schemas. It opens no socket.
 */
export { malformed } from './tunnel-error.ts';
export type { TunnelError, TunnelErrorCode } from './tunnel-error.ts';
export { createHeadReader } from './http1/head-reader.ts';
export type { HeadBytes, HeadLimits, HeadReader } from './http1/head-reader.ts';
export { fieldValue } from './http1/header-fields.ts';
export type { HeaderField } from './http1/header-fields.ts';
export { createRequestHeadParser } from './http1/request-head.ts';
export type { RequestHead, RequestHeadParser } from './http1/request-head.ts';
export { createResponseHeadParser } from './http1/response-head.ts';
export type { ResponseHead, ResponseHeadParser } from './http1/response-head.ts';
export { requestBody, responseBody } from './http1/body-reader.ts';
export type { BodyReader } from './http1/body-reader.ts';
export { createChunkedReader } from './http1/chunked-reader.ts';
export type { ChunkedContent } from './http1/chunked-reader.ts';
export { createPathPolicy, defaultAllowedPaths, isPathPattern } from './path-policy.ts';
export { errorHeader, isRefusalCode, neverReachedTarget, refusalOfReset, refusalResponse, refusals, resetCodeOf } from './refusal.ts';
export type { Refusal, RefusalCode, RefusalResponseOptions } from './refusal.ts';
export { describeClockDifference } from './describe-clock-difference.ts';
export { readClientHello } from './client-hello.ts';
export type { ClientHello } from './client-hello.ts';
export { errorCodes } from './http2/protocol.ts';
export type { LinkSession } from './http2/link-session.ts';
export type { LinkStream } from './http2/link-stream.ts';
export { controlPath, linkProtocol, maximumStreamsPerLink, serverNameHeader } from './link/link-settings.ts';
export { openLinkSession } from './link/open-link-session.ts';
export { splice } from './link/splice.ts';
export type { SpliceEnd } from './link/splice.ts';
export { createControlChannel } from './link/control-channel.ts';
export type { ControlChannel, ControlChannelOptions } from './link/control-channel.ts';
export { agentProblemSchema, agentMessageSchema, agentMessageTypes, relayMessageSchema, relayMessageTypes, targetStatusSchema } from './link/control-messages.ts';
export type { AgentCounters, AgentMessage, RelayMessage, ReportedProblem, TargetStatus } from './link/control-messages.ts';
export { healthCheckSchema, targetSchema } from './link/application-configuration.ts';
export type { ApplicationConfiguration, HealthCheck, Target } from './link/application-configuration.ts';
export { enrolmentErrorSchema, enrolmentPath, enrolmentRequestSchema, enrolmentResponseSchema, signInPath, signInResponseSchema } from './link/enrolment-messages.ts';
export type { EnrolmentRequest, EnrolmentResponse, SignInResponse } from './link/enrolment-messages.ts';
export { countHolders, holdBytes, releaseBytes, writeHeld } from './http2/chunk-memory.ts';
export { writeGathered } from './link/write-gathered.ts';
