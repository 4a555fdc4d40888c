import * as z from 'zod';

/** What a Lambda reads from its environment: CDK is typed by this schema, and the handlers check it before their first use. */
export const environmentSchema = z.object({
  SUBSCRIPTIONS_TABLE: z.string().min(1),
  LEDGER_TABLE: z.string().min(1),
  INMAILS_TABLE: z.string().min(1),
  CONNECTIONS_TABLE: z.string().min(1),
});

export type Environment = z.infer<typeof environmentSchema>;

/** Throws, naming every variable that is missing. */
export function readEnvironment(variables: Record<string, string | undefined>): Environment {
  const { success, data, error } = environmentSchema.safeParse(variables);
  if (!success) throw new Error(`environment: ${z.prettifyError(error)}`);
  return data;
}
