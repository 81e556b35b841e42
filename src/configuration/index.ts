/**
 * How a party gets its settings: one YAML file, checked against a schema, with environment variables over it and secrets
 * by reference. It finds the line of every mistake and says what to do about it. It knows no party's schema, starts
 * nothing, reads no environment by itself, and never puts a value into a message that may be a secret.
 */
export { ConfigurationError } from './configuration-error.ts';
export type { ConfigurationErrorCode, ConfigurationProblem } from './configuration-error.ts';
export { closestName } from './closest-name.ts';
export { environmentVariables } from './environment-variables.ts';
export type { EnvironmentVariable } from './environment-variables.ts';
export { loadConfiguration } from './load-configuration.ts';
export type { ConfigurationSource, LoadedConfiguration } from './load-configuration.ts';
export { listenerSettings, logSettings, secretReference } from './settings.ts';
export type { SecretReference } from './settings.ts';
