/** An instant as people type it. Without a zone it would be another one on another machine. */
import { type Instant, instant } from '../shared/domain/instant.ts';
import type { Kind } from './options.ts';

export const zonedInstant: Kind<Instant> = {
  wants: 'an instant with a zone, such as 2004-12-31T00:00:00Z',
  read: (given) => {
    if (!/(Z|[+-]\d\d:\d\d)$/.test(given)) return undefined;
    try {
      return instant(given);
    } catch {
      return undefined;
    }
  },
};
