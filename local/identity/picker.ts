/** The page on which a person picks a member. It has no script and one style, and its policy allows nothing else. */
import { createHash } from 'node:crypto';
import { DOCUMENT_HEADERS, PRIVATE_HEADERS } from '../../shared/contract/security-headers.ts';
import { MAX_MEMBER_ID, MEMBER_ID_WORDS } from '../../shared/domain/member-id.ts';
import { Html, html } from '../html.ts';
import { SCOPES } from './issuer.ts';

export type Picker = {
  /** The form goes to the target of this request. */
  readonly action: string;
  /** The members in the books. */
  readonly members: readonly string[];
  /** An operator gets an operator's scopes, as on AWS. */
  readonly asOperator: boolean;
  readonly fault?: string | undefined;
};

const STYLE = `
:root { color-scheme: light dark; font: 100%/1.5 system-ui, sans-serif }
body { margin: 0 auto; max-width: 34rem; padding: 2rem 1rem; overflow-wrap: anywhere }
form { display: grid; gap: 1.25rem }
fieldset { border: 1px solid; border-radius: .5rem; padding: .75rem 1rem }
fieldset div { display: flex; flex-wrap: wrap; gap: .5rem }
label.field { display: grid; gap: .25rem }
a { color: inherit }
input, button { font: inherit }
input[name=other], button { min-height: 2.5rem; padding: .4rem .8rem }
.fault { border-left: 4px solid; padding-left: .75rem }`;

const SAYS = {
  billing: 'billing: subscriptions, plans, connections',
  support: "support: reading any member's books",
} as const satisfies Record<(typeof SCOPES)[number], string>;

/** Forms need a referrer, because browsers otherwise send their origin as `null`, like that of a strange page. */
const HEADERS = {
  ...PRIVATE_HEADERS,
  ...DOCUMENT_HEADERS,
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'referrer-policy': 'same-origin',
};

export function pickerPage(picker: Picker) {
  return { statusCode: picker.fault === undefined ? 200 : 400, headers: HEADERS, body: document(picker) };
}

/** For a fault of the request itself, because the browser then has no address to go back to. */
export function refusalPage(fault: string) {
  return { statusCode: 400, headers: HEADERS, body: frame(html`<h1>Sign in</h1><p role="alert">${fault}</p>`) };
}

/** The field comes first, because Enter presses the first button. */
function document({ action, members, asOperator, fault }: Picker): string {
  const scopes = SCOPES.map(
    (scope, index) =>
      html`${index > 0 && html`<br>`}<label><input type="checkbox" name="scope" value="${scope}"> ${SAYS[scope]}</label>`,
  );
  const buttons = members.map((id) => html`<button name="member" value="${id}">${id}</button>`);
  return frame(html`
<h1>Sign in</h1>
<p>This is InMail credits on your own machine. Pick a member. You need no password.</p>
${!asOperator && html`<p><a href="/#/operator">Sign in as an operator instead</a>, with the permissions of billing or support.</p>`}
${fault !== undefined && html`<p class="fault" role="alert">${fault}</p>`}
<form method="post" action="${action}">
${asOperator && html`<fieldset><legend>Permissions of an operator</legend>${scopes}</fieldset>`}
<label class="field">Member id (${MEMBER_ID_WORDS})
<input name="other" maxlength="${MAX_MEMBER_ID}" autocomplete="off" spellcheck="false"></label>
<button>Sign in</button>
${buttons.length > 0 && html`<fieldset><legend>Or pick a member</legend><div>${buttons}</div></fieldset>`}
</form>`);
}

const frame = (main: Html): string =>
  html`<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Sign in · InMail credits</title>
<style>${new Html(STYLE)}</style></head><body><main>${main}</main></body></html>`.text;
