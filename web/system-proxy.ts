/** Lets vite's development server pass on what the local system answers, so that a browser finds both at one address. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import type { Plugin } from 'vite';

/** The paths that belong to the system. The sources of the page have all others. */
const SYSTEM_PATHS = '^/(?:v1|local|docs|problems|config\\.json|openapi\\.json)(?:[/?]|$)';
const SIGN_IN_PATH = '/local/sign-in';

/** `system` is an origin: `http://127.0.0.1:3000`. */
export const systemProxy = (system: string): Plugin => ({
  name: 'system-proxy',
  apply: 'serve',
  config: () => ({
    server: {
      proxy: {
        [SYSTEM_PATHS]: {
          target: system,
          changeOrigin: true,
          configure: (proxy) => {
            proxy.on('proxyReq', (passedOn, request) => {
              if (isOwn(request)) passedOn.setHeader('origin', system);
            });
          },
        },
      },
    },
  }),
  configureServer: ({ middlewares }) => {
    middlewares.use((request, response, next) => {
      if (request.url?.startsWith(`${SIGN_IN_PATH}/`)) passOnSignIn(system, request, response).catch(next);
      else next();
    });
  },
});

/** The system refuses other origins. They have to reach it as they are, because the proxy must not vouch for other pages. */
const isOwn = ({ headers: { origin, host } }: IncomingMessage): boolean => origin === `http://${host}`;

/** The system looks at these. */
const PASSED_ON = ['cookie', 'content-type', 'sec-fetch-site'] as const;

/**
 * The local issuer sends members back only to its own origin, and the token request has to name the same address again.
 * So the origin of this server becomes the system's on the way there, and turns back in the redirect.
 */
async function passOnSignIn(system: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = 'GET', url = '', headers } = request;
  const page = `http://${headers.host}`;
  const forSystem = (form: string) => form.replaceAll(encodeURIComponent(page), encodeURIComponent(system));
  const origin = isOwn(request) ? system : headers.origin;
  const passed = await fetch(system + forSystem(url), {
    method,
    redirect: 'manual',
    headers: [
      ...PASSED_ON.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]] as [string, string]])),
      ...(origin === undefined ? [] : [['origin', origin] as [string, string]]),
    ],
    ...(method === 'POST' && { body: forSystem(await text(request)) }),
  });
  response.statusCode = passed.status;
  passed.headers.forEach((value, name) => {
    response.appendHeader(name, name === 'location' ? value.replace(system, page) : value);
  });
  response.end(await passed.text());
}
