/** Calls of the routes under `/local/` of the system that runs on this machine. */
import { codeOf, LocalFailure } from '../local/failure.ts';
import { DEFAULT_PORT, portIn } from './until-stopped.ts';

/** The body of the response. Throws a LocalFailure that says that no system answers, or what it says against the call. */
export async function callLocal<Body>(method: 'GET' | 'POST', path: string, body?: object): Promise<Body> {
  const url = `http://127.0.0.1:${portIn('PORT', DEFAULT_PORT)}${path}`;
  const response = await reach(url, { method, ...(body && { body: JSON.stringify(body) }) });
  const answer = (await response.json()) as Body & { readonly title?: string; readonly detail?: string };
  if (response.ok) return answer;
  throw new LocalFailure(`${url}: ${answer.detail ?? answer.title ?? response.status}`);
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    const code = codeOf((error as Error).cause);
    throw new LocalFailure(`no local system answers at ${url} (${code}): npm start runs one, and PORT says where`);
  }
}
