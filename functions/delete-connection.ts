import { decideDisconnection, type Pair } from '../shared/domain/connecting.ts';
import { api } from '../shared/edge/api.ts';
import { NO_CONTENT } from '../shared/edge/reply.ts';
import type { Deps } from '../shared/edge/runtime.ts';
import { connectionPath } from '../shared/edge/schemas.ts';

/** R14: InMails between the two are possible again. */
export async function deleteConnection(pair: Pair, { store }: Deps) {
  await store.commit(decideDisconnection(pair));
  return NO_CONTENT;
}

export const request = { path: connectionPath };
export const handler = api('delete-connection', request, ({ path }, deps) => deleteConnection(path, deps));
