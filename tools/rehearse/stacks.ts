/** All stages in one cloud assembly. In one process, each function is bundled once for all of them. */
import { fileURLToPath } from 'node:url';
import { addStacks, createApp } from '../../infra/build-app.ts';
import { STAGES } from '../../infra/stages.ts';

const pageDir = fileURLToPath(new URL('../../web/dist', import.meta.url));
const app = createApp();
for (const stage of STAGES) addStacks(app, { stage, pageDir });
app.synth();
