/** All alarms, as data. */
import { OF_BOOKS } from './of-books.ts';
import { OF_COST } from './of-cost.ts';
import { OF_MEMBERS } from './of-members.ts';
import { OF_SWEEPS } from './of-sweeps.ts';
import type { Watched } from './watched.ts';

export const WATCHED: readonly Watched[] = [...OF_MEMBERS, ...OF_BOOKS, ...OF_SWEEPS, ...OF_COST];
