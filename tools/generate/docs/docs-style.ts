/** The page's whole style. The security policy names its hash, so nothing else can style the page. */
export const DOCS_STYLE = `
:root { color-scheme: light dark; --paper: #ffffff; --ink: #1b1f24; --soft: #57606a; --line: #d0d7de; --code: #f3f5f7; --accent: #0550ae; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #12161b; --ink: #e6edf3; --soft: #9da7b1; --line: #3d444d; --code: #1f252c; --accent: #79c0ff; }
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 64rem; padding: 1rem; overflow-wrap: break-word; color: var(--ink); background: var(--paper); font: 1rem/1.5 system-ui, sans-serif; }
h1, h2, h3, h4 { line-height: 1.25; }
h2 { margin-top: 3rem; border-bottom: 1px solid var(--line); padding-bottom: .3rem; }
h3 { margin-top: 2.5rem; }
a { color: var(--accent); }
:target { scroll-margin-top: 1rem; outline: 2px solid var(--accent); outline-offset: .4rem; }
code, pre { font: .875em/1.5 ui-monospace, monospace; background: var(--code); border-radius: .25rem; }
code { padding: .1em .3em; }
pre { margin: .5rem 0; padding: .75rem; overflow-x: auto; }
.scroll { overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0 1rem; }
caption { text-align: left; font-weight: 600; padding: .3rem 0; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-top: 1px solid var(--line); }
tbody th { font-weight: 400; }
.soft { color: var(--soft); }
summary { cursor: pointer; padding: .25rem 0; }
nav ul { list-style: none; padding: 0; columns: 20rem; }
nav li { padding: .15rem 0; break-inside: avoid; }
`;
