/** The credits of a member, product by product (R17). */
import type { ApiClient } from '../../client/client.ts';
import { answered } from '../app/answered.ts';

export async function readCredits(api: ApiClient, memberId: string) {
  return answered(await api.GET('/v1/members/{memberId}/credits', { params: { path: { memberId } } }));
}
