import { deleteConnection as endpoint } from '../shared/contract/endpoints/connections.ts';
import { decideDisconnection, type Pair } from '../shared/domain/connecting.ts';
import { api } from '../shared/http/api.ts';
import { NO_CONTENT } from '../shared/http/response.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { commit } from '../shared/store/commit.ts';

/** R14: InMails between the two are possible again. */
export async function deleteConnection(pair: Pair, { store }: Deps) {
  await commit(store, decideDisconnection(pair));
  return NO_CONTENT;
}

export const handler = api(endpoint, ({ path }, deps) => deleteConnection(path, deps));
