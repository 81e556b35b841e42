/** The style of the report's page: light, dark, narrow and printed. */
export const reportStyle = `
:root{--ink:#1c2330;--soft:#5a6475;--paper:#fff;--card:#f6f8fb;--rule:#d9dfe8;--accent:#0b5cad;--good:#1a7f45;--bad:#b3261e;--warn:#8a5a00;--code:#eef2f7}
@media (prefers-color-scheme:dark){:root{--ink:#e6eaf0;--soft:#a3adbd;--paper:#12161d;--card:#1a2029;--rule:#2e3745;--accent:#7cb7ff;--good:#6fd59a;--bad:#ff8f87;--warn:#f0c36a;--code:#222a35}}
*{box-sizing:border-box}
body{margin:0 auto;padding:2rem 1.25rem 3rem;max-width:64rem;background:var(--paper);color:var(--ink);font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Liberation Sans",sans-serif}
header{border-bottom:2px solid var(--rule);margin-bottom:1.5rem;padding-bottom:1rem}
h1{font-size:1.6rem;line-height:1.3;margin:.4rem 0 0;overflow-wrap:anywhere}
h2{font-size:1.2rem;line-height:1.35;margin:0 0 .4rem;overflow-wrap:anywhere}
h3{font-size:.8rem;letter-spacing:.06em;text-transform:uppercase;color:var(--soft);margin:1.2rem 0 .3rem}
p{margin:.3rem 0;overflow-wrap:anywhere}
section{margin:0 0 2rem}
.made,.sub,.expect,.times,footer{color:var(--soft);font-size:.875rem}
.status{display:inline-block;margin:.6rem 0 0;padding:.1rem .6rem;border-radius:1rem;border:1px solid currentColor;font-size:.875rem;font-weight:600}
.status.well{color:var(--good)}.status.wrong{color:var(--bad)}.status.unknown{color:var(--warn)}
.finding{background:var(--card);border:1px solid var(--rule);border-left:4px solid var(--bad);border-radius:.5rem;padding:1.1rem 1.25rem}
.id{color:var(--accent);font-variant-numeric:tabular-nums}
pre,code,.place,figcaption,.line{font-family:ui-monospace,"Cascadia Mono",Consolas,"Liberation Mono",monospace;font-size:.84rem}
pre{margin:.2rem 0;padding:.5rem .7rem;background:var(--code);border-radius:.35rem;white-space:pre-wrap;overflow-wrap:anywhere}
.parameter{white-space:nowrap}
figure{margin:.6rem 0}
figcaption,.place{color:var(--accent);overflow-wrap:anywhere}
.steps{padding-left:1.3rem}.steps li{margin:.4rem 0}
.where{color:var(--soft);font-size:.84rem}.where::after{content:":"}
.risk{border-left:3px solid var(--warn);padding-left:.7rem;margin-top:.6rem}
details{margin-top:1rem}summary{cursor:pointer;color:var(--soft)}
ul{padding-left:1.3rem;margin:.4rem 0}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.875rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem;border-bottom:1px solid var(--rule)}
th{color:var(--soft);font-weight:600}
td{overflow-wrap:break-word}
td:first-child,td.number,td.side{white-space:nowrap}
td .place,td .line{display:inline-block;min-width:11rem;overflow-wrap:anywhere}
td .line,td.prose{min-width:18rem;overflow-wrap:anywhere}
td.name{min-width:11rem;overflow-wrap:anywhere}
.contents{columns:2;column-gap:2rem}.contents li{break-inside:avoid}a{color:var(--accent)}
.probe{font-weight:600}.probe.pass{color:var(--good)}.probe.fail{color:var(--bad)}.probe.skipped{color:var(--soft)}
footer{border-top:1px solid var(--rule);padding-top:.8rem}
@media (max-width:40rem){body{padding:1rem .8rem}.finding{padding:.8rem}.contents{columns:1}table,tbody,tr,td{display:block}thead{display:none}tr{border-bottom:1px solid var(--rule);padding:.4rem 0}td{border:0;padding:.1rem 0}td:empty{display:none}td .place,td .line,td.prose,td.name{min-width:0}}
@media print{:root{--ink:#000;--soft:#444;--paper:#fff;--card:#fff;--rule:#bbb;--accent:#000;--good:#000;--bad:#000;--warn:#000;--code:#f3f3f3}html{font-size:9pt}body{max-width:none;padding:0;font-size:9.5pt}figure,.steps li,tr,.risk{break-inside:avoid}h2,h3{break-after:avoid}.wide{overflow:visible}table{font-size:8pt}th,td{padding:.2rem .35rem}td:first-child,td.side{white-space:normal}td .line,td.prose,td.name{min-width:0}td .place{min-width:9.5rem}td .place,td .line{font-size:7.5pt}thead{display:table-header-group}@page{margin:16mm}}
`;
