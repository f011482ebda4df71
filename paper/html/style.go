package html

// style serves screen and paper, light and dark. What is inserted is underlined, what is deleted struck through: colour says nothing alone.
const style = `:root{color-scheme:light dark;--ink:#1b1b1b;--paper:#fdfdfb;--soft:#555;--rule:#c9c9c4;--link:#1a4b8c}
@media (prefers-color-scheme:dark){:root{--ink:#e8e8e4;--paper:#161616;--soft:#b0b0ab;--rule:#4a4a47;--link:#8fb8f0}}
body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 Charter,"Bitstream Charter","Sitka Text",Cambria,Georgia,serif}
main,footer{overflow-wrap:anywhere;max-width:46rem;margin:0 auto;padding:1.5rem 1.25rem}
h1,h2,h3,h4,h5,h6{line-height:1.25;margin:1.6em 0 .5em}
h1{font-size:1.75rem;margin-top:0}h2{font-size:1.375rem}h3{font-size:1.125rem}h4,h5,h6{font-size:1rem}
p{margin:.5em 0}a{color:var(--link)}
.sub,dl,footer,.at,caption,figcaption,table,.word,.notes{font-family:system-ui,sans-serif}
.sub,dl,footer,.at,.word{color:var(--soft)}
dl{font-size:.875rem}dl div{display:flex;gap:.5em}dt::after{content:":"}dd{margin:0;overflow-wrap:anywhere}
header{border-bottom:1px solid var(--rule);padding-bottom:.75rem;margin-bottom:1rem}
ul{list-style:none;padding-left:0;margin:.5em 0}ul ul{padding-left:1.6em}
li{margin:.35em 0}ul>li{padding-left:2em}ul>li>.n:first-child{float:left;margin-left:-2em;min-width:1.7em}
blockquote{margin:1em 0;padding-left:1em;border-left:1px solid var(--rule)}.at{font-size:.875rem}
.wide{overflow-x:auto}table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4;margin:.75em 0}
caption{text-align:left;font-weight:bold;padding:.3em 0}
th,td{overflow-wrap:break-word;text-align:left;vertical-align:top;padding:.35em .6em .35em 0;border-bottom:1px solid var(--rule)}
thead th{border-bottom:2px solid var(--soft)}.r{text-align:right;font-variant-numeric:tabular-nums}
figure{margin:1em 0}img{max-width:100%;width:100%;height:auto}figcaption{font-size:.875rem;font-weight:bold}
ins{text-decoration:underline;text-decoration-thickness:2px}del{text-decoration:line-through;color:var(--soft)}
.c{border-bottom:1px dotted var(--ink)}
.said{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:pre}
.m{padding-left:.7em;margin-left:-.95em;border-left:.25em solid var(--soft)}li.m{padding-left:2.45em}
.dashed{border-left-style:dashed}.dotted{border-left-style:dotted}.hollow{border-left-style:double}
.word{font-size:.75rem}
.i1{margin-left:1.6em}.i2{margin-left:3.2em}.i3{margin-left:4.8em}.i4,.i5,.i6,.i7,.i8{margin-left:6.4em}
.notes{font-size:.875rem;border-top:1px solid var(--rule);margin-top:2rem}.notes h2{font-size:1.125rem}
footer{font-size:.8125rem}
@media print{:root{--ink:#000;--paper:#fff;--soft:#444;--rule:#999;--link:#000}body{font-size:10.5pt}main,footer{max-width:none;padding:0}
.wide{overflow:visible}thead{display:table-header-group}tr,figure{break-inside:avoid}h1,h2,h3,h4,h5,h6{break-after:avoid}.break{break-before:page}
main a[href^=http]::after{content:" <" attr(href) ">";font-size:.85em;overflow-wrap:anywhere}}
`
