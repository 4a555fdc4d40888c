/** Every view knows the API, the member who is signed in, and the time of the books. */
import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { ApiClient } from '../../client/client.ts';
import type { Instant } from '../../shared/domain/instant.ts';

export type Scope = 'billing' | 'support';

export type App = {
  readonly api: ApiClient;
  readonly memberId: string;
  readonly scopes: ReadonlySet<Scope>;
  /** True if the system runs on one machine, where its clock can be moved. */
  readonly isLocal: boolean;
  /** The server's clock, which may stand years ahead of this machine's. */
  readonly now: () => Instant;
  /** Call it after the clock was moved. It asks for the time, and every view reads its data again. */
  readonly timeChanged: () => void;
  /** Grows by one with each `timeChanged`. */
  readonly epoch: number;
  readonly signOut: () => void;
  /** Leaves for the issuer, which asks again, and comes back to the same view. */
  readonly signInAsOperator: () => void;
};

export const AppContext = createContext<App | undefined>(undefined);

export function useApp(): App {
  const app = useContext(AppContext);
  if (!app) throw new Error('a view outside of the app');
  return app;
}
