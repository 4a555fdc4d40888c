/** The time of the books. It may differ from this machine's, because a local system's clock may be years ahead. */
import { type Instant, instant } from '../../shared/domain/instant.ts';

export type ServerClock = { readonly now: () => Instant; readonly read: () => Promise<void> };

/** `ask` returns the server's time, and `localMillis` this machine's. */
export function serverClock(ask: () => Promise<Instant>, localMillis: () => number): ServerClock {
  let offsetMillis = 0;
  return {
    now: () => instant(localMillis() + offsetMillis),
    read: async () => {
      offsetMillis = Date.parse(await ask()) - localMillis();
    },
  };
}

/** Only a local system has a clock to ask. The date of a response is as good, to the second. */
export async function askForTime(isLocal: boolean): Promise<Instant> {
  if (!isLocal) {
    const response = await fetch('/config.json', { method: 'HEAD', cache: 'no-store' });
    return instant(Date.parse(response.headers.get('date') ?? ''));
  }
  const response = await fetch('/local/clock');
  const { now } = (await response.json()) as { readonly now: string };
  return instant(now);
}
