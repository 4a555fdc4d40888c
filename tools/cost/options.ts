/** The options of `npm run cost`. */
import { DEFAULT_STAGE, STAGES } from '../../infra/stages.ts';
import { type Kind, type OptionTable, oneOf, type ValuesOf, wholeNumber } from '../options.ts';

const MOST = 1e12;

/** `1e6`, `1000000` and `1,000,000` are the same number. */
const amount: Kind<number> = {
  wants: 'a number such as 250000 or 1e6',
  read: (given) => {
    const number = Number(given.replaceAll(',', ''));
    const isWritten = /^\d+(\.\d+)?(e\d{1,2})?$/.test(given) || /^\d{1,3}(,\d{3})+$/.test(given);
    return isWritten && Number.isInteger(number) && number <= MOST ? number : undefined;
  },
};

export const OPTIONS = {
  members: { takes: 'N', kind: amount, default: '0', does: 'people who sign in at least once in the month' },
  sends: { takes: 'N', kind: amount, default: '0', does: 'InMails that are sent in the month' },
  responses: { takes: 'N', kind: amount, does: 'how many of them are answered. Without it, three in ten' },
  reads: { takes: 'N', kind: amount, does: 'pages of credits, InMails and ledgers. Without it, 20 for each member' },
  months: {
    takes: 'N',
    kind: wholeNumber(1, 1_200),
    default: '12',
    does: 'how many months of such books the tables hold',
  },
  stage: {
    takes: 'STAGE',
    kind: oneOf(STAGES.map(({ name }) => name)),
    default: DEFAULT_STAGE,
    does: 'the row of infra/stages.ts whose templates are counted',
  },
  withoutFree: { does: "leaves out the account's free units, as where another stage has used them up" },
  each: { does: 'lists each alarm and each metric' },
  json: { does: 'writes the bill as JSON' },
} as const satisfies OptionTable;

export type CostOptions = ValuesOf<typeof OPTIONS>;
