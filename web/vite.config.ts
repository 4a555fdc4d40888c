/** How vite builds the page (`npm run build`) and serves its sources (`npm run dev`). */
import { fileURLToPath } from 'node:url';
import { defineConfig, type UserConfig } from 'vite';
import { systemProxy } from './system-proxy.ts';

const pathOf = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/** `system` is the origin of the local system behind the development server. A build does not need one. */
export const pageConfig = (system: string) =>
  ({
    root: pathOf('.'),
    plugins: [systemProxy(system)],
    oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
    build: {
      target: 'es2023',
      // Browsers of that age preload modules themselves, and the policy allows no inline script.
      modulePreload: { polyfill: false },
      // Browsers can cache a file, but not a `data:` URL.
      assetsInlineLimit: 0,
      emptyOutDir: true,
      // The page after signing out is a document of its own. It runs no script, so it holds nothing of any member.
      rolldownOptions: { input: [pathOf('index.html'), pathOf('signed-out.html')] },
    },
  }) satisfies UserConfig;

export default defineConfig(pageConfig(`http://127.0.0.1:${process.env.PORT || 3000}`));
