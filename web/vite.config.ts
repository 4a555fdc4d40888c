/** Builds the page: `npm run build:page`, and `npm start` when the page is older than its sources. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    // Browsers of that age preload modules by themselves, and the policy allows no inline script.
    modulePreload: { polyfill: false },
    // A `data:` URL is no third party, but a file can be cached.
    assetsInlineLimit: 0,
    emptyOutDir: true,
  },
});
