import { putConnection as endpoint } from '../shared/contract/endpoints/connections.ts';
import { decideConnection, type Pair } from '../shared/domain/connecting.ts';
import { api } from '../shared/http/api.ts';
import { NO_CONTENT } from '../shared/http/response.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { commit } from '../shared/store/commit.ts';

/** R14: from now on an InMail between the two is refused. Connecting twice changes nothing. */
export async function putConnection(pair: Pair, { store, now }: Deps) {
  await commit(store, decideConnection(pair, now));
  return NO_CONTENT;
}

export const handler = api(endpoint, ({ path }, deps) => putConnection(path, deps));
