/** The style sheet of every page: one card, readable from 280 pixels on, light and dark. */
export const styleSheet = `
:root {
  color-scheme: light dark;
  --ground: #eef2f6; --card: #ffffff; --ink: #17222e; --quiet: #50606f; --line: #7d8b99; --edge: #d6dee6;
  --accent: #0b5cad; --accent-ink: #ffffff; --accent-dark: #084a8c; --wrong: #a4262c; --wrong-ground: #fdf1f1; --good: #1d6f42;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #10161d; --card: #1a232d; --ink: #edf2f7; --quiet: #a9b8c6; --line: #7d8b99; --edge: #2c3947;
    --accent: #6db3f2; --accent-ink: #0b1520; --accent-dark: #97cbf8; --wrong: #ff9a9a; --wrong-ground: #3a1f23; --good: #7fd1a3;
  }
}
*, ::before, ::after { box-sizing: border-box; }
html { font: 100%/1.5 system-ui, -apple-system, "Segoe UI", "Noto Sans", "DejaVu Sans", sans-serif; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem 1rem; background: var(--ground); color: var(--ink); }
main { width: 100%; max-width: 27rem; padding: 2.25rem 2.5rem 2.5rem; background: var(--card); border: 1px solid var(--edge); border-radius: .75rem; box-shadow: 0 .25rem 1.5rem rgb(16 32 48 / .10); overflow-wrap: anywhere; }
.organization { display: flex; align-items: center; gap: .6rem; margin: 0 0 1.5rem; color: var(--quiet); font-weight: 600; }
.organization svg { flex: none; color: var(--accent); }
h1 { margin: 0 0 .5rem; font-size: 1.5rem; line-height: 1.25; font-weight: 650; }
p { margin: 0 0 1rem; }
.lead, .note { color: var(--quiet); }
.note { margin: 1.25rem 0 0; font-size: .9rem; }
form { margin: 1.5rem 0 0; }
label { display: block; margin: 0 0 .35rem; font-weight: 600; }
input { display: block; width: 100%; min-height: 2.75rem; margin: 0 0 1.15rem; padding: .55rem .75rem; font: inherit; color: inherit; background: transparent; border: 1px solid var(--line); border-radius: .4rem; }
input::placeholder { color: var(--quiet); opacity: .8; }
input.code { font-size: 1.35rem; letter-spacing: .2em; font-variant-numeric: tabular-nums; }
input[aria-invalid="true"] { border-color: var(--wrong); }
.permissions { margin: 0 0 1rem; padding: .85rem 1rem .85rem 2rem; background: var(--ground); border-radius: .4rem; }
.permissions li + li { margin-top: .45rem; }
.choice { display: flex; gap: .65rem; align-items: flex-start; margin: 0 0 1rem; font-weight: 400; }
.choice input { flex: none; width: 1.15rem; min-height: 0; height: 1.15rem; margin: .2rem 0 0; accent-color: var(--accent); }
button { display: block; width: 100%; min-height: 2.75rem; margin: .35rem 0 0; padding: .55rem 1rem; font: inherit; font-weight: 600; color: var(--accent-ink); background: var(--accent); border: 1px solid transparent; border-radius: .4rem; cursor: pointer; }
button:hover { background: var(--accent-dark); }
button.second { margin-top: .75rem; color: var(--ink); background: transparent; border-color: var(--line); }
button.second:hover { background: var(--ground); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
a { color: var(--accent); }
.wrong { margin: 1.25rem 0 0; padding: .75rem 1rem; color: var(--wrong); background: var(--wrong-ground); border-left: .25rem solid var(--wrong); border-radius: .3rem; }
.wrong p { margin: 0; }
.good { color: var(--good); }
.shown-code { margin: 1rem 0; font-size: 1.6rem; font-weight: 650; letter-spacing: .12em; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .15rem 1rem; margin: 1.5rem 0 0; padding: 1rem 0 0; border-top: 1px solid var(--edge); color: var(--quiet); font-size: .85rem; }
dt { font-weight: 600; }
dd { margin: 0; }
@media (max-width: 30rem) {
  body { padding: 0; place-items: start stretch; background: var(--card); }
  main { max-width: none; padding: 1.5rem 1.25rem 2rem; border: 0; border-radius: 0; box-shadow: none; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin: 0 0 .5rem; }
}
@media (forced-colors: active) { main, input, button { border-color: CanvasText; } }
`;

/** Sends the answer of \`response_mode=form_post\` on; without script, the page's button does. */
export const submitScript = "document.forms[0].submit();\n";
