// @ts-check
// The look of the panel. A constructed style sheet is no inline style, so a strict content security policy allows it.

export const css = `
* { box-sizing: border-box; }
.panel { --surface: var(--cbk-surface, light-dark(#fff, #16181d)); --text: var(--cbk-text, light-dark(#1b1f27, #e9ebf0)); --muted: var(--cbk-muted, light-dark(#5c6470, #a2a9b6));
  --border: var(--cbk-border, light-dark(#e4e7ec, #2c3038)); --edge: light-dark(#868d99, #7c8492); --user: var(--cbk-user, var(--accent)); --on-user: var(--cbk-on-user, var(--on-accent));
  --bot: var(--cbk-bot, light-dark(#f3f4f7, #22252c)); --on-bot: var(--cbk-on-bot, var(--text)); --danger: var(--cbk-danger, light-dark(#b3261e, #ff9a91)); --link: light-dark(#2347b5, #a3b6ff);
  --radius: var(--cbk-radius, 18px); --space: var(--cbk-space, 16px);
  position: absolute; inset: auto; inset-block-end: 72px; inset-inline-end: 0; margin: 0; padding: 0; display: flex; flex-direction: column; overflow: hidden; overscroll-behavior: contain;
  inline-size: min(var(--cbk-width, 408px), calc(100vw - 40px)); block-size: min(var(--cbk-height, 680px), calc(100dvh - 112px)); max-inline-size: none; max-block-size: none;
  background: var(--surface); color: var(--text); border: 1px solid var(--border); border-radius: var(--radius); box-shadow: var(--shadow); text-align: start; }
dialog:not([open]) { display: none; }
dialog[open]:not(:modal) { animation: rise .18s ease-out; }
@keyframes rise { from { opacity: 0; transform: translateY(8px); } }
[data-position=bottom-start] .panel { inset-inline: 0 auto; }
[data-position=top-end] .panel { inset-block: 72px auto; }
[data-position=top-start] .panel { inset-block: 72px auto; inset-inline: 0 auto; }
:is([data-mode=inline], [data-mode=page]) .panel { position: relative; inset: auto; inline-size: 100%; block-size: 100%; box-shadow: none; }
[data-mode=page] .panel { border: 0; border-radius: 0; }
.panel:modal { position: fixed; inset: 0; inline-size: 100vw; block-size: 100dvh; border: 0; border-radius: 0; }
.panel::backdrop { background: var(--cbk-surface, light-dark(#fff, #16181d)); }
.unseen { position: absolute; inline-size: 1px; block-size: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
header { flex: none; display: flex; align-items: center; gap: 10px; min-block-size: 60px; padding-block: 8px; padding-inline: 20px 10px; border-block-end: 1px solid var(--border); }
h2#title { flex: 1; min-inline-size: 0; margin: 0; font-size: 1.0625em; font-weight: 650; line-height: 1.3; letter-spacing: -.005em; overflow-wrap: anywhere; }
.tools { display: flex; gap: 2px; margin-inline-start: auto; }
.icon { display: block; inline-size: 20px; block-size: 20px; fill: none; stroke: currentcolor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
button { font: inherit; color: inherit; cursor: pointer; }
.plain { display: grid; place-items: center; flex: none; inline-size: 36px; block-size: 36px; padding: 0; border: 0; border-radius: 10px; background: none; color: var(--muted); }
.plain:hover { background: var(--bot); color: var(--text); }
.quiet { padding: 3px 8px; min-block-size: 28px; border: 0; border-radius: 8px; background: none; color: var(--muted); font-size: .8125em; }
.quiet:hover { background: light-dark(#0000000f, #ffffff1a); color: var(--text); }
.quiet.strong { color: inherit; font-weight: 600; text-decoration: underline; text-underline-offset: 3px; }
.solid { padding: 6px 16px; min-block-size: 36px; border: 0; border-radius: 10px; background: var(--accent); color: var(--on-accent); font-weight: 600; font-size: .9375em; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
.middle { position: relative; flex: 1; min-block-size: 0; display: flex; }
.transcript { position: relative; flex: 1; min-inline-size: 0; overflow-y: auto; overflow-x: hidden; overscroll-behavior: contain; scrollbar-width: thin; scrollbar-color: var(--border) transparent; }
.transcript:focus-visible { outline-offset: -3px; border-radius: 6px; }
.content { padding: 20px; display: flex; flex-direction: column; min-block-size: 100%; }
:is([data-mode=page], [data-mode=inline]) :is(.content, .composer, .notice, footer) { inline-size: 100%; max-inline-size: 784px; margin-inline: auto; }
.older { align-self: center; margin-block-end: 12px; }
.messages { list-style: none; margin: 0; padding: 0; display: flex; flex-direction: column; gap: var(--space); }
.message { display: flex; flex-direction: column; align-items: flex-start; max-inline-size: 100%; }
.message:focus-visible { outline-offset: 4px; border-radius: 12px; }
.message.user { align-items: flex-end; padding-inline-start: 48px; }
.bubble { max-inline-size: 100%; padding: 9px 15px; border-radius: var(--radius); background: var(--bot); color: var(--on-bot); overflow-wrap: anywhere; }
.bot .bubble { border-end-start-radius: 5px; }
.user .bubble { border-end-end-radius: 5px; background: var(--user); color: var(--on-user); }
.user .text, .plain-text { white-space: pre-wrap; }
.waiting .bubble { opacity: .75; }
.actions { display: flex; margin-block-start: 2px; margin-inline-start: -2px; }
.actions:empty { display: none; }
.user .actions { display: none; }
.actions .plain { inline-size: 28px; block-size: 28px; border-radius: 8px; }
.actions .icon { inline-size: 16px; block-size: 16px; }
.actions [aria-pressed=true], .done { color: var(--accent) !important; }
.note { margin-block-start: 6px; font-size: .8125em; color: var(--muted); white-space: pre-line; }
.note.error { color: var(--danger); }
.text > * { margin: 0 0 .7em; }
.text > :last-child { margin-block-end: 0; }
.text :is(p, li, td, th) { white-space: pre-line; }
.text :is(h1, h2, h3, h4, h5, h6) { margin-block: 1em .45em; font-size: 1em; font-weight: 650; line-height: 1.35; }
.text :is(h1, h2) { font-size: 1.125em; }
.text > :first-child { margin-block-start: 0; }
.text :is(ul, ol) { padding-inline-start: 1.45em; white-space: normal; }
.text ul { list-style: disc; }
.text ul ul { list-style: circle; }
.text li + li { margin-block-start: .3em; }
.text li > :is(ul, ol, p) { margin-block: .3em; }
.text .todo { list-style: none; margin-inline-start: -1.2em; }
.text blockquote { padding-inline-start: 12px; border-inline-start: 3px solid var(--border); color: var(--muted); }
.text blockquote > * { margin: 0 0 .5em; }
.text hr { border: 0; border-block-start: 1px solid var(--border); }
.text a { color: var(--link); text-underline-offset: 2px; text-decoration-thickness: 1px; }
.user .text a { color: inherit; }
.text img { max-inline-size: 100%; block-size: auto; border-radius: 10px; }
code, pre { font-family: var(--cbk-font-mono, ui-monospace, "SF Mono", "Cascadia Mono", "DejaVu Sans Mono", Menlo, Consolas, monospace); font-size: .875em; }
:not(pre) > code { padding: .1em .35em; border-radius: 5px; background: light-dark(#1018281a, #ffffff1f); }
.code, .table { max-inline-size: 100%; overflow: hidden; border: 1px solid var(--border); border-radius: 12px; background: light-dark(#fff, #15171c); }
.code .bar { display: flex; align-items: center; justify-content: space-between; padding-block: 3px; padding-inline: 12px 4px; font-size: .8125em; color: var(--muted); border-block-end: 1px solid var(--border); }
.code .bar .quiet { font-size: 1em; }
pre { margin: 0; padding: 10px 12px; overflow-x: auto; direction: ltr; text-align: left; tab-size: 4; line-height: 1.5; scrollbar-width: thin; }
pre:focus-visible, .table:focus-visible { outline-offset: -2px; border-radius: 10px; }
.bot:has(.code, .table) .bubble { inline-size: 100%; }
.table { overflow-x: auto; scrollbar-width: thin; }
table { border-collapse: collapse; min-inline-size: 100%; font-size: .9375em; }
th, td { padding: 7px 12px; text-align: start; vertical-align: top; border-block-end: 1px solid var(--border); min-inline-size: 5em; overflow-wrap: break-word; }
th { font-weight: 600; white-space: nowrap !important; }
tr:last-child > td { border-block-end: 0; }
[data-align=right] { text-align: end; font-variant-numeric: tabular-nums; }
[data-align=center] { text-align: center; }
.typing { display: flex; gap: 5px; align-self: flex-start; margin-block-start: var(--space); padding: 14px 16px; border-radius: var(--radius); border-end-start-radius: 5px; background: var(--bot); }
.typing i { inline-size: 7px; block-size: 7px; border-radius: 50%; background: var(--muted); animation: breathe 1.2s ease-in-out infinite; }
.typing i:nth-child(2) { animation-delay: .15s; }
.typing i:nth-child(3) { animation-delay: .3s; }
@keyframes breathe { 0%, 70%, 100% { opacity: .35; } 35% { opacity: 1; } }
.writing .text > :is(p, h1, h2, h3, h4, h5, h6):last-child::after, .writing .text > :is(ul, ol):last-child > li:last-child:not(:has(ul, ol))::after { content: ""; display: inline-block; inline-size: 7px; block-size: 1em; margin-inline-start: 3px; border-radius: 2px; vertical-align: -.12em; background: var(--muted); animation: breathe 1.1s steps(2) infinite; }
.jump { position: absolute; inset-block-end: 12px; inset-inline: 0; margin-inline: auto; inline-size: 38px; block-size: 38px; border: 1px solid var(--border); border-radius: 50%; background: var(--surface); color: var(--text); box-shadow: 0 4px 14px #0f172a29; }
.start { margin-block: auto; padding-block: 8px; }
.intro { margin: 0 0 20px; font-size: 1.0625em; white-space: pre-line; text-wrap: pretty; }
.prompts { display: flex; flex-direction: column; align-items: flex-start; gap: 8px; }
.prompt { padding: 8px 15px; min-block-size: 40px; border: 1px solid var(--border); border-radius: 14px; background: var(--surface); text-align: start; font-size: .9375em; line-height: 1.4; }
.prompt:hover { border-color: var(--accent); background: var(--bot); }
.notice { flex: none; display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 4px 12px; margin: 0 16px 8px; padding: 8px 14px; border-radius: 12px; background: var(--bot); font-size: .875em; white-space: pre-line; }
.notice.blocking { margin-block-end: 16px; padding: 12px 16px; font-size: .9375em; }
.notice.blocking .quiet { padding: 6px 14px; border-radius: 10px; background: var(--accent); color: var(--on-accent); text-decoration: none; }
.composer { flex: none; padding: 4px 14px 14px; }
.field { display: flex; align-items: flex-end; gap: 4px; padding: 5px; border: 1px solid var(--edge); border-radius: calc(var(--radius) + 6px); background: var(--surface); cursor: text; transition: border-color .12s; }
.field:focus-within { border-color: var(--accent); box-shadow: 0 0 0 1px var(--accent); }
textarea { flex: 1; min-inline-size: 0; max-block-size: 160px; padding: 6px 10px; border: 0; outline: 0; resize: none; background: none; color: inherit; font: inherit; font-size: max(16px, 1em); line-height: 1.5; field-sizing: content; scrollbar-width: thin; }
textarea:focus-visible { outline: 0; }
textarea::placeholder { color: var(--muted); opacity: 1; }
.round { display: grid; place-items: center; flex: none; inline-size: 36px; block-size: 36px; padding: 0; border: 0; border-radius: 50%; background: var(--accent); color: var(--on-accent); }
.round[aria-disabled=true] { background: var(--bot); color: var(--muted); cursor: default; }
[part=stop] { background: var(--text); color: var(--surface); }
[part=stop] .icon { fill: currentcolor; inline-size: 18px; block-size: 18px; }
.field .plain { border-radius: 50%; }
.chips { list-style: none; display: flex; flex-wrap: wrap; gap: 6px; margin: 0 0 6px; padding: 0; }
.chip { display: flex; align-items: center; gap: 6px; max-inline-size: 100%; padding: 4px 10px; min-block-size: 34px; border: 1px solid var(--border); border-radius: 11px; background: var(--surface); font-size: .8125em; }
.chip bdi { min-inline-size: 0; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; max-inline-size: 14em; }
.chip .icon { inline-size: 16px; block-size: 16px; flex: none; }
.chip .plain { inline-size: 26px; block-size: 26px; margin-inline-end: -6px; }
footer { flex: none; padding: 0 20px; font-size: .75em; line-height: 1.4; color: var(--muted); text-align: center; }
footer:not(:empty) { margin-block-start: -4px; padding-block-end: 10px; }
.panel[data-drop]::after { content: attr(data-drop); position: absolute; inset: 8px; display: grid; place-items: center; border: 2px dashed var(--accent); border-radius: calc(var(--radius) - 6px); background: color-mix(in srgb, var(--surface) 92%, transparent); font-weight: 600; }
[hidden] { display: none !important; }
@media (pointer: coarse) { .plain, .round, .quiet, .prompt, .actions .plain, .chip .plain { min-inline-size: 44px; min-block-size: 44px; } textarea { padding-block: 10px; } .code .bar { padding-block: 0; } }
@media (max-width: 360px) { .content { padding: 14px; } .message.user { padding-inline-start: 20px; } }
@media (prefers-reduced-motion: reduce) { *, *::after { animation: none !important; transition: none !important; } }
@media (prefers-contrast: more) { .panel { --border: var(--edge); --muted: var(--text); } }
@media (forced-colors: active) { .panel, .bubble, .round, .solid, .code, .table { border: 1px solid CanvasText; } .icon { stroke: currentcolor; } .typing i { background: CanvasText; } .field:focus-within { outline: 2px solid Highlight; } }
@media print { .composer, .tools, .jump, .actions, .notice { display: none !important; } .panel { position: static; block-size: auto; box-shadow: none; } .transcript { overflow: visible; } }
`
