/** Hands the app to everything below it, and keeps the time. */
import type { ComponentChildren } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { createApiClient } from '../../client/client.ts';
import { type App, AppContext } from './context.ts';
import { RefusedError } from './problem.ts';
import type { ServerClock } from './server-clock.ts';
import type { Session } from './session.ts';

export type ProviderProps = {
  readonly session: Session;
  readonly clock: ServerClock;
  readonly isLocal: boolean;
  readonly children: ComponentChildren;
};

export function Provider({ session, clock, isLocal, children }: ProviderProps) {
  const [epoch, setEpoch] = useState(0);
  const api = useMemo(() => createApiClient({ baseUrl: '', token: session.token, fetch: fetchOrSaySo }), [session]);
  const app: App = {
    api,
    memberId: session.memberId,
    scopes: session.scopes,
    isLocal,
    now: clock.now,
    timeChanged: () => {
      const readAnew = () => setEpoch((times) => times + 1);
      clock.read().then(readAnew, readAnew);
    },
    epoch,
    signOut: session.signOut,
    signInAsOperator: session.signInAsOperator,
  };
  return <AppContext.Provider value={app}>{children}</AppContext.Provider>;
}

/** `fetch` throws a TypeError if there is no response. A fault of the page may be a TypeError as well, so this tells them apart. */
async function fetchOrSaySo(request: Request): Promise<Response> {
  try {
    return await fetch(request);
  } catch {
    throw new RefusedError({ slug: 'unreachable' });
  }
}
