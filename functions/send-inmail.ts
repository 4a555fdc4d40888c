import { sendInMail as endpoint } from '../shared/contract/endpoints/inmails.ts';
import { creditsOf } from '../shared/domain/credits.ts';
import type { InMail } from '../shared/domain/inmail.ts';
import { type EntryBody, walletIdOf } from '../shared/domain/ledger.ts';
import type { Rules } from '../shared/domain/rules.ts';
import { decideReplay, decideSend, type SendCommand } from '../shared/domain/sending.ts';
import { api } from '../shared/http/api.ts';
import { created } from '../shared/http/response.ts';
import { sentView } from '../shared/http/views.ts';
import type { Deps } from '../shared/runtime/runtime.ts';
import { commit } from '../shared/store/commit.ts';
import { confirmSendFacts, type ReadFacts, readSendFacts } from '../shared/store/send-facts.ts';

/**
 * R7–R9: sends for one credit. It first looks for an earlier use of the key, so that a replay gets 201 whatever the
 * wallet holds by now.
 */
export async function sendInMail(command: SendCommand, deps: Deps) {
  const facts = await readSendFacts(command, deps);
  const first = decide(command, facts, deps.rules);
  // A refusal writes nothing, so no condition checks its facts. They are read once more instead.
  const decision =
    first.kind === 'refused' ? decide(command, await confirmSendFacts(facts, command, deps), deps.rules) : first;
  if (decision.kind === 'refused') return decision;
  if (decision.kind === 'replayed') return firstResponse(decision.inmail, deps);
  await commit(deps.store, decision.changes);
  return firstResponse(decision.inmail, deps, decision.body);
}

const decide = (command: SendCommand, { earlier, ...facts }: ReadFacts, rules: Rules) =>
  earlier ? decideReplay(earlier, command) : decideSend(command, facts, rules);

/** 201 as the first time, with the InMail and the credits as the send left them. Only a header tells a replay. */
async function firstResponse(inmail: InMail, { store, rules }: Deps, written?: EntryBody) {
  const walletId = walletIdOf(inmail.senderId, inmail.product);
  const entry = written ?? (await store.ledger.entry(walletId, inmail.seq));
  if (!entry) throw new Error(`${walletId}: entry ${inmail.seq} of ${inmail.inmailId} is missing`);
  const body = { inmail: sentView(inmail, rules), credits: creditsOf(entry, entry.at, rules) };
  return created(body, {
    location: `/v1/inmails/${encodeURIComponent(inmail.inmailId)}`,
    ...(!written && { 'idempotency-replayed': 'true' }),
  });
}

export const handler = api(endpoint, ({ caller, body, idempotencyKey }, deps) =>
  sendInMail({ senderId: caller.memberId, ...body, idempotencyKey }, deps),
);
