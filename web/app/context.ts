/** What every view knows: the API, who is signed in, and what time it is where the books are. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ApiClient } from '../../client/client.ts';
import type { Instant } from '../../shared/domain/instant.ts';

export type Scope = 'billing' | 'support';

export type App = {
  readonly api: ApiClient;
  readonly memberId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** The system runs on this machine: its clock can be moved. */
  readonly isLocal: boolean;
  /** The server's clock, which may stand years ahead of this machine's. */
  readonly now: () => Instant;
  /** After the clock was moved: asks for the time, and all that was read is read anew. */
  readonly timeChanged: () => void;
  /** One more after each `timeChanged`. */
  readonly epoch: number;
  readonly signOut: () => void;
  /** Leaves for the issuer, which asks anew; comes back to the place one is at. */
  readonly signInAsOperator: () => void;
};

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('a view outside of the app');
  return app;
}
