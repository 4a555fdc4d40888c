/** Builds the page, for `npm run build`, and for `npm start` when the page is older than its sources. */
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export default defineConfig({
  root: pathOf('.'),
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    target: 'es2023',
    // Browsers of that age preload modules by themselves, and the policy allows no inline script.
    modulePreload: { polyfill: false },
    // A `data:` URL is no third party, but a file can be cached.
    assetsInlineLimit: 0,
    emptyOutDir: true,
    // A page of its own for who has signed out: it runs no script, so it holds nothing of anybody.
    rolldownOptions: { input: [pathOf('index.html'), pathOf('signed-out.html')] },
  },
});
