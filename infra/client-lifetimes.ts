import { Duration } from 'aws-cdk-lib/core';
import type { Lifetimes } from '../shared/contract/sign-in-lifetimes.ts';

/** In the properties of a user pool client. */
export const lifetimesOf = ({ accessTokenMinutes, refreshTokenMinutes }: Lifetimes) => ({
  accessTokenValidity: Duration.minutes(accessTokenMinutes),
  idTokenValidity: Duration.minutes(accessTokenMinutes),
  refreshTokenValidity: Duration.minutes(refreshTokenMinutes),
});
