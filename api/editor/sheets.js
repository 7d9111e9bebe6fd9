/* Our policy allows no <style> element, which is what the editor's style-mod puts into a page; a constructed sheet is
   allowed. esbuild puts this module in the place of "style-mod" (see api/assets/components.py). */
import {StyleModule as Module} from "../../node_modules/style-mod/src/style-mod.js";

const sheet = new CSSStyleSheet();
let mounted = [];
document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];

export class StyleModule extends Module {
  /* Later modules go before earlier ones, and the order within a call is kept. */
  static mount(_root, modules) {
    const wanted = [modules].flat();
    mounted = [...mounted.filter(module => !wanted.includes(module)), ...wanted];
    sheet.replaceSync(mounted.map(module => module.getRules()).join("\n"));
  }
}
