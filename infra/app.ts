import { fileURLToPath } from 'node:url';
import { buildApp } from './build-app.ts';

buildApp({}, fileURLToPath(new URL('../web/dist', import.meta.url))).app.synth();
