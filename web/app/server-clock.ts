/** The time where the books are, told apart from this machine's: a local system's clock may stand years ahead. */
import { type Instant, instant } from '../../shared/domain/instant.ts';

export type ServerClock = { readonly now: () => Instant; readonly read: () => Promise<void> };

/** `ask` answers with the server's time; `localMillis` is this machine's, Date.now. */
export function serverClock(ask: () => Promise<Instant>, localMillis: () => number): ServerClock {
  let offsetMillis = 0;
  return {
    now: () => instant(localMillis() + offsetMillis),
    read: async () => {
      offsetMillis = Date.parse(await ask()) - localMillis();
    },
  };
}

/** A local system has a clock to ask; of any other, an answer's own date is good to the second. */
export async function askForTime(isLocal: boolean): Promise<Instant> {
  if (!isLocal) {
    const response = await fetch('/config.json', { method: 'HEAD', cache: 'no-store' });
    return instant(Date.parse(response.headers.get('date') ?? ''));
  }
  const response = await fetch('/local/clock');
  const { now } = (await response.json()) as { readonly now: string };
  return instant(now);
}
