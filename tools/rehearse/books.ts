/** The tables of a deployment, read and written past its functions, with the account's root key. */
import { putSubscription } from '../../functions/put-subscription.ts';
import { sendInMail } from '../../functions/send-inmail.ts';
import { nameIn } from '../../infra/names.ts';
import { ofEachTable } from '../../shared/contract/tables.ts';
import { audit } from '../../shared/domain/audit.ts';
import type { Books } from '../../shared/domain/books.ts';
import type { Instant } from '../../shared/domain/instant.ts';
import { RULES } from '../../shared/domain/rules.ts';
import { perform, SYSTEM, type UseCase } from '../../shared/runtime/runtime.ts';
import { scanBooks } from '../../shared/store/books.ts';
import { type Database, documentClient } from '../../shared/store/database.ts';
import { dynamoStore } from '../../shared/store/dynamo-store.ts';
import { REGION } from './ministack.ts';
import { hold, type Rehearsal } from './rehearsal.ts';

/** Calls `use` with the tables of a stage. */
export async function withTables<T>(
  { emulator: { endpoint, environment } }: Rehearsal,
  stage: string,
  use: (database: Database) => Promise<T>,
): Promise<T> {
  const { AWS_ACCESS_KEY_ID: accessKeyId = '', AWS_SECRET_ACCESS_KEY: secretAccessKey = '' } = environment;
  const client = documentClient({ endpoint, region: REGION, credentials: { accessKeyId, secretAccessKey } });
  try {
    return await use({ client, tables: ofEachTable((table) => nameIn({ name: stage }, table)) });
  } finally {
    client.destroy();
  }
}

export const booksOf = (rehearsal: Rehearsal, stage: string): Promise<Books> => withTables(rehearsal, stage, scanBooks);

/** Throws a StepFailure with what the books break of the rules. */
export async function auditBooks(rehearsal: Rehearsal, stage: string): Promise<void> {
  const books = await booksOf(rehearsal, stage);
  hold(books.entries.length > 0, `${stage} has no books to audit`);
  const violations = audit(books, RULES);
  hold(violations.length === 0, `the books of ${stage} break rules: ${JSON.stringify(violations)}`);
}

/** Writes books of the past by the use cases themselves, because the API takes no time from its callers. */
export async function subscribeInThePast(database: Database, memberId: string, at: Instant): Promise<void> {
  await performAt(database, putSubscription, { memberId, product: 'premium', plan: 'premium-business' }, at);
}

export async function sendInThePast(database: Database, senderId: string, recipientId: string, at: Instant) {
  const text = { subject: 'Hello', body: 'Would you like to talk?', idempotencyKey: `${recipientId} ${at}` };
  await performAt(database, sendInMail, { senderId, recipientId, product: 'premium', ...text }, at);
}

async function performAt<Input, Result extends { readonly kind: string }>(
  database: Database,
  useCase: UseCase<Input, Result>,
  input: Input,
  at: Instant,
): Promise<void> {
  const store = dynamoStore(database);
  const result = await perform(useCase, input, { ...SYSTEM, clock: () => at, rules: RULES, storeFor: () => store });
  hold(result.kind !== 'refused', `the past is refused: ${JSON.stringify(result)}`);
}
