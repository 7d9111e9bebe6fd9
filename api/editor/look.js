/* How the editor looks: the colours of the page (query.css names those of the syntax). */
import {HighlightStyle} from "@codemirror/language";
import {EditorView} from "@codemirror/view";
import {tags} from "@lezer/highlight";

export const look = EditorView.theme({
  "&": {color: "var(--ink)", backgroundColor: "var(--paper)", fontSize: ".95rem"},
  "&.cm-focused": {outline: "none"},
  ".cm-scroller": {fontFamily: "var(--mono)", lineHeight: "1.55", maxHeight: "min(30rem, 60vh)", overflow: "auto"},
  ".cm-content": {caretColor: "var(--ink)", minHeight: "10rem", padding: ".5rem 0"},
  ".cm-gutters": {color: "var(--soft)", backgroundColor: "var(--wash)", borderRight: "1px solid var(--edge)"},
  ".cm-activeLine, .cm-activeLineGutter": {backgroundColor: "transparent"},
  "&.cm-focused .cm-activeLine, &.cm-focused .cm-activeLineGutter": {backgroundColor: "var(--sunk)"},
  ".cm-matchingBracket, &.cm-focused .cm-matchingBracket": {backgroundColor: "var(--accent-wash)", outline: "1px solid var(--accent)"},
  ".cm-nonmatchingBracket, &.cm-focused .cm-nonmatchingBracket": {backgroundColor: "var(--warn-wash)", outline: "1px solid var(--warn)"},
  ".cm-tooltip": {color: "var(--ink)", backgroundColor: "var(--paper)", border: "1px solid var(--line)", borderRadius: "6px", boxShadow: "0 8px 28px #0003"},
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {fontFamily: "inherit", maxHeight: "none", overflow: "visible", minWidth: "min(22rem, 80vw)"},
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {padding: ".3rem .65rem", lineHeight: "1.35", whiteSpace: "normal"},
  ".cm-tooltip-autocomplete ul li[aria-selected]": {color: "var(--accent-ink)", backgroundColor: "var(--accent)"},
  ".cm-completionLabel": {fontFamily: "var(--mono)"},
  ".cm-completionDetail": {fontStyle: "normal", marginLeft: ".8em", color: "var(--soft)"},
  "li[aria-selected] .cm-completionDetail": {color: "inherit"},
  ".cm-completionMatchedText": {textDecoration: "none", fontWeight: "600"},
  ".cm-tooltip.cm-completionInfo": {padding: ".6rem .8rem", maxWidth: "24rem", whiteSpace: "normal"},
  ".cm-completionInfo p": {margin: ".3rem 0"},
  ".cm-completionInfo code": {fontSize: ".8em", color: "var(--soft)", overflowWrap: "anywhere"},
  ".cm-diagnostic": {padding: ".4rem .7rem", maxWidth: "34rem", whiteSpace: "normal"},
  ".cm-lintRange-error": {backgroundColor: "var(--warn-wash)", textDecoration: "underline wavy var(--warn)"},
  "@media (max-width: 40rem)": {".cm-tooltip.cm-completionInfo": {display: "none"}},
  "@media (forced-colors: active)": {
    ".cm-tooltip-autocomplete ul li[aria-selected]": {forcedColorAdjust: "none", color: "HighlightText", backgroundColor: "Highlight"},
  },
});

export const colours = HighlightStyle.define([
  {tag: tags.keyword, color: "var(--code-keyword)", fontWeight: "600"},
  {tag: tags.standard(tags.name), color: "var(--code-function)"},
  {tag: tags.standard(tags.variableName), color: "var(--code-function)"},
  {tag: tags.local(tags.variableName), color: "var(--code-variable)"},
  {tag: tags.atom, color: "var(--code-name)"},
  {tag: tags.string, color: "var(--code-string)"},
  {tag: tags.meta, color: "var(--code-string)"},
  {tag: tags.comment, color: "var(--soft)", fontStyle: "italic"},
]);
