/** Clients of the AWS SDK that never leave this process. Each command gets what a function of its name answers. */

type Asked = { readonly command: string; readonly input: Readonly<Record<string, unknown>> };

// biome-ignore lint/suspicious/noExplicitAny: each command has an input of its own
export type Answers = Readonly<Record<string, (input: any) => unknown>>;

type Command = { readonly constructor: { readonly name: string }; readonly input: Readonly<Record<string, unknown>> };

/** `GetParameter` answers a `GetParameterCommand`. A command without an answer fails, and an answer may throw. */
export function answering<Client extends { send: unknown }>(client: Client, answers: Answers) {
  const asked: Asked[] = [];
  client.send = async ({ constructor: { name }, input }: Command) => {
    const command = name.replace(/Command$/, '');
    asked.push({ command, input });
    const answer = answers[command];
    if (!answer) throw new Error(`nobody expected ${command}`);
    return answer(input);
  };
  return { client, asked };
}

/** As the SDK throws it: the service's word is the name. */
export const awsError = (name: string, message = name): Error =>
  Object.assign(new Error(message), { name, $metadata: {} });
