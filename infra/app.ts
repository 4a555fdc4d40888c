import { fileURLToPath } from 'node:url';
import { addStacks, createApp, stageOf } from './build-app.ts';

const app = createApp();
addStacks(app, { stage: stageOf(app), pageDir: fileURLToPath(new URL('../web/dist', import.meta.url)) });
app.synth();
