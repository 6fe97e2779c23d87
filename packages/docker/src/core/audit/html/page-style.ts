/** The style of the audit's page: no script, no font and no image from anywhere. */
export const pageStyle = `
:root { color-scheme: light dark; --text: #1f2328; --soft: #59636e; --line: #d1d9e0; --ground: #fff; --card: #f6f8fa;
  --missed: #cf222e; --stale: #f4a9ad; --built: #2da44e; --wasted: #bf8700; }
@media (prefers-color-scheme: dark) { :root { --text: #e6edf3; --soft: #9198a1; --line: #3d444d; --ground: #0d1117;
  --card: #151b23; --missed: #f85149; --stale: #7a2b2f; --built: #3fb950; --wasted: #d29922; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 72rem; margin: 0 auto; padding: 2rem 1.5rem 4rem; }
h1 { margin: 0 0 .25rem; font-size: 1.6rem; } h2 { margin: 2.5rem 0 .75rem; font-size: 1.15rem; }
p { margin: .25rem 0; } .soft { color: var(--soft); }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: .75rem; margin: 1.25rem 0; }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; }
.tile b { display: block; font-size: 1.6rem; line-height: 1.2; } .tile.bad b { color: var(--missed); }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: .92rem; }
th, td { text-align: left; padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--soft); font-weight: 500; } .number { text-align: right; font-variant-numeric: tabular-nums; }
code, .mono { font: .88em ui-monospace, monospace; overflow-wrap: anywhere; }
.timeline { display: grid; grid-template-columns: minmax(8rem, 16rem) 1fr; gap: .35rem 1rem; align-items: center; }
.timeline svg { width: 100%; height: 1.4rem; background: var(--card); border-radius: .25rem; }
.timeline .name { overflow-wrap: anywhere; }
.built { fill: var(--built); background: var(--built); } .missed { fill: var(--missed); background: var(--missed); }
.stale { fill: var(--stale); background: var(--stale); } .wasted { fill: var(--wasted); background: var(--wasted); }
.legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .75rem 0; padding: 0; list-style: none; }
.legend i { display: inline-block; width: .8rem; height: .8rem; border-radius: .2rem; margin-right: .4rem; }
.finding { border: 1px solid var(--line); border-left: .3rem solid var(--soft); border-radius: .4rem;
  padding: .6rem .9rem; margin: .6rem 0; }
.finding.error { border-left-color: var(--missed); } .finding.warning { border-left-color: var(--wasted); }
`;
