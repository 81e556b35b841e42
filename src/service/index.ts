/**
 * What makes a party a service that an administrator runs: one YAML file checked against the party's schema, with
 * environment variables over it and secrets by reference; a life that ends in bounded time when a signal asks for it;
 * exit codes and error texts for people and scripts. It knows no party and no schema of one, reads neither environment
 * nor arguments by itself, and never puts a value into a message that may be a secret.
 */
export { closestName } from './configuration/closest-name.ts';
export { ConfigurationError } from './configuration/configuration-error.ts';
export type { ConfigurationErrorCode, ConfigurationProblem } from './configuration/configuration-error.ts';
export { loadConfiguration } from './configuration/load-configuration.ts';
export type { ConfigurationSource, LoadedConfiguration } from './configuration/load-configuration.ts';
export { readAdminKey, readAuthorities, readCertificatePair } from './configuration/read-certificates.ts';
export { listenerSettings, logSettings, secretReference } from './configuration/settings.ts';
export type { SecretReference } from './configuration/settings.ts';
export { describeError } from './describe-error.ts';
export { exitCodeOf, exitCodes } from './exit-codes.ts';
export { openServiceLogs } from './open-service-logs.ts';
export type { ServiceLogs } from './open-service-logs.ts';
export { saveMemory } from './save-memory.ts';
export { runProgram } from './run-program.ts';
export { runService } from './run-service.ts';
export type { ServiceOptions, Surroundings } from './run-service.ts';
