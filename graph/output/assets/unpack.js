/* Unpacks the data of this file and its scripts, which the policy names by their hashes, and runs them in order. */
(async () => {
  "use strict";
  if (typeof DecompressionStream === "undefined") {
    document.querySelector(".pw-old").hidden = false;
    document.querySelectorAll(".pw-table").forEach(table => { table.open = true; });
    return;
  }
  for (const packed of document.querySelectorAll("script.pw-packed")) {
    const bytes = Uint8Array.from(atob(packed.textContent), sign => sign.charCodeAt(0)), script = document.createElement("script");
    script.textContent = await new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
    if (packed.dataset.as) { script.type = "application/json"; script.className = packed.dataset.as; }
    packed.replaceWith(script);
  }
})();
