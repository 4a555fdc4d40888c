/** The options of `npm run audit`. */
import { partsOfWalletId } from '../../shared/domain/ledger.ts';
import { STAGE_OPTION } from '../aws/stage-option.ts';
import { ENGINE_OPTION } from '../engine-option.ts';
import type { Kind, OptionTable, ValuesOf } from '../options.ts';

const wallet: Kind<string> = {
  wants: 'a wallet such as ada#premium',
  read: (walletId) => {
    try {
      partsOfWalletId(walletId);
      return walletId;
    } catch {
      return undefined;
    }
  },
};

export const OPTIONS = {
  wallet: {
    takes: 'WALLET',
    kind: wallet,
    does: "shows the entries of this wallet, and audits its member's books alone. Without it, all the books",
  },
  stage: STAGE_OPTION,
  engine: ENGINE_OPTION,
  json: { does: 'writes the result as JSON' },
} as const satisfies OptionTable;

export type AuditOptions = ValuesOf<typeof OPTIONS>;
