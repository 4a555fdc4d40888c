import { type Html, html } from '../../../local/html.ts';

/** The HTML around each document. The page's security policy allows styles and icons only as files of the same origin. */
export const frame = ({ title, isShort = false }: { title: string; isShort?: boolean }, body: Html): string =>
  html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${title}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/docs.css">
</head>
<body${isShort && html` class="short"`}>
${body}
</body>
</html>
`.text;
