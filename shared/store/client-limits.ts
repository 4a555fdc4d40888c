/**
 * The limits of every AWS client. A call that gets no response ends after 2 s, because with the SDK's own settings one lost
 * packet could take a whole invocation. A caller that repeats only what was not taken makes one attempt itself.
 */
export const clientLimits = (maxAttempts: number) => ({
  maxAttempts,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 2_000, throwOnRequestTimeout: true },
});
