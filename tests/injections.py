"""Sixty strings that would run a script wherever they are taken for markup."""

from __future__ import annotations

HACK = "window.hacked=1"
HANDLERS = [
    "onerror",
    "onload",
    "onclick",
    "onmouseover",
    "onfocus",
    "onanimationstart",
    "ontoggle",
    "onbegin",
    "onpointerenter",
]
INJECTIONS = [
    *(f"<img src=x {handler}={HACK}>" for handler in HANDLERS),
    *(f"<svg {handler}={HACK}>" for handler in HANDLERS),
    *(f'" {handler}="{HACK}" autofocus tabindex=1 x="' for handler in HANDLERS),
    *(f"' {handler}='{HACK}' autofocus x='" for handler in HANDLERS),
    f"<script>{HACK}</script>",
    f"</script><script>{HACK}</script>",
    f"</SCRIPT ><script>{HACK}//",
    f"<!--<script>{HACK}</script>-->",
    f"]]><script>{HACK}</script>",
    f"</title><script>{HACK}</script>",
    f"</style><script>{HACK}</script>",
    f"</textarea><script>{HACK}</script>",
    f"<a href=javascript:{HACK}>href</a>",
    f"<iframe srcdoc='<script>parent.{HACK}</script>'>",
    f"<object data=javascript:{HACK}>",
    f"<details open ontoggle={HACK}>",
    f"<math><mtext><style><img src=x onerror={HACK}></style>",
    f"{{{{constructor.constructor('{HACK}')()}}}}",
    f"${{{HACK}}}",
    f"`;{HACK};//",
    f"\\u003cscript\\u003e{HACK}\\u003c/script\\u003e",
    f"&lt;script&gt;{HACK}&lt;/script&gt;",
    f"\u2028{HACK}\u2029",
    f'"}}]}};{HACK};//',
    f"*/{HACK}/*",
    f"{{% raw %}}<script>{HACK}</script>{{% endraw %}}",
    f"<base href=//example.org><script>{HACK}</script>",
    f"<meta http-equiv=refresh content=0;url=javascript:{HACK}>",
]
