/* The editor over the field of the query form. The field keeps the text: what sends the form (query.js) reads it there.
   Without this script the plain field does all the same. */
import {autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, startCompletion} from "@codemirror/autocomplete";
import {defaultKeymap, history, historyKeymap} from "@codemirror/commands";
import {bracketMatching, indentOnInput, StreamLanguage, syntaxHighlighting} from "@codemirror/language";
import {sparql} from "@codemirror/legacy-modes/mode/sparql";
import {lintKeymap, setDiagnostics} from "@codemirror/lint";
import {EditorState} from "@codemirror/state";
import {EditorView, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers} from "@codemirror/view";
import {prepared, termSource, thingSource} from "./completion.js";
import {hints} from "./hints.js";
import {colours, look} from "./look.js";

const WAIT = 400;
const field = document.querySelector("form.query[data-spoken] textarea");
if (field) attach(field);

/* Chromium joins the lines of a selection that is typed over with inline styles, which our policy refuses (and reports):
   so what is typed over a selection goes the editor's own way. */
function typedOver(event, view) {
  const {from, to, empty} = view.state.selection.main, text = event.data;
  if (event.inputType !== "insertText" || empty || !text || view.composing) return false;
  event.preventDefault();
  const insert = () => view.state.update(view.state.replaceSelection(text), {userEvent: "input.type", scrollIntoView: true});
  if (!view.state.facet(EditorView.inputHandler).some(handle => handle(view, from, to, text, insert))) view.dispatch(insert());
  return true;
}

function attach(field) {
  const form = field.form, lang = document.documentElement.lang, texts = JSON.parse(form.dataset.spoken);
  const label = form.querySelector(`label[for="${field.id}"]`), help = document.getElementById("keys"), list = form.querySelector(".hints ul");
  let known = null, loading = null, wrong = null, timer = 0;

  const load = async () => {
    if (known) return known;
    loading ??= fetch(`/api/completion?${new URLSearchParams({lang})}`)
      .then(answer => answer.ok ? answer.json() : null)
      .then(told => { known = told && prepared(told); loading = null; return known; }, () => { loading = null; return null; });
    return loading;
  };

  const run = () => { form.requestSubmit(form.querySelector("button.primary")); return true; };
  const view = new EditorView({
    doc: field.value,
    extensions: [
      lineNumbers(), highlightActiveLineGutter(), highlightActiveLine(), history(), indentOnInput(), bracketMatching(), closeBrackets(),
      StreamLanguage.define(sparql), syntaxHighlighting(colours), look, EditorView.lineWrapping,
      EditorState.phrases.of(texts.phrases ?? {}),
      autocompletion({override: [termSource(load, lang, startCompletion), thingSource(load, lang)], icons: false}),
      keymap.of([{key: "Mod-Enter", run}, ...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...lintKeymap, ...defaultKeymap]),
      EditorView.contentAttributes.of({"aria-label": label.textContent, "aria-describedby": help.id, dir: "ltr", autocapitalize: "off", spellcheck: "false"}),
      EditorView.domEventHandlers({beforeinput: typedOver}),
      EditorView.updateListener.of(update => { if (update.docChanged) changed(); }),
    ],
  });

  function changed() {
    field.value = view.state.doc.toString();
    wrong = null;
    field.dispatchEvent(new Event("input", {bubbles: true}));
    clearTimeout(timer);
    timer = setTimeout(look_over, WAIT);
  }

  /* Mark what is wrong and what is to be said, and list the hints below. */
  function look_over() {
    const text = view.state.doc.toString();
    const found = hints(text, texts, known?.prefixes);
    const marks = [...wrong ? [wrong] : [], ...found].map(hint => ({
      from: Math.min(hint.from, text.length), to: Math.min(hint.to, text.length), severity: hint.severity, message: hint.sentence,
      actions: hint.fix ? [{name: texts.add_prefix, apply: () => fix(hint)}] : [],
    }));
    view.dispatch(setDiagnostics(view.state, marks));
    say(found);
  }

  function fix(hint) {
    view.dispatch({changes: hint.fix});
    view.focus();
  }

  function say(found) {
    const lines = found.map(hint => {
      const item = document.createElement("li"), line = view.state.doc.lineAt(Math.min(hint.from, view.state.doc.length)).number;
      item.textContent = `${texts.line.replace("{n}", line)}: ${hint.sentence} `;
      if (hint.fix) {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "link";
        button.textContent = texts.add_prefix;
        button.addEventListener("click", () => fix(hint));
        item.append(button);
      }
      return item;
    });
    if (list.textContent !== lines.map(item => item.textContent).join("")) list.replaceChildren(...lines);
    list.parentNode.classList.toggle("some", lines.length > 0);
  }

  /* The place that the server named, from 1; columns count characters as the server does. */
  function place(line, column) {
    const found = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    return Math.min(found.from + [...found.text].slice(0, column - 1).join("").length, found.to);
  }

  field.addEventListener("filled", () => {
    if (field.value !== view.state.doc.toString()) view.dispatch({changes: {from: 0, to: view.state.doc.length, insert: field.value}});
    view.focus();
  });
  field.addEventListener("wrong", event => {
    event.preventDefault();
    const {line, column, text} = event.detail, named = place(line, column), end = view.state.doc.lineAt(named).to;
    const at = named + /^\s*(?=\S)|/.exec(view.state.sliceDoc(named, end))[0].length;
    const word = /^(?:[\p{L}\p{N}_:?$-]+|\S)/u.exec(view.state.sliceDoc(at, end))?.[0].length ?? 0;
    wrong = {from: word ? at : Math.max(at - 1, 0), to: at + word, severity: "error", sentence: text};
    clearTimeout(timer);
    look_over();
    view.dispatch({selection: {anchor: at}, effects: EditorView.scrollIntoView(at, {y: "center"})});
    view.focus();
  });
  field.addEventListener("right", () => { wrong = null; look_over(); });

  field.hidden = true;
  field.before(view.dom);
  form.classList.add("with-editor");
  label.addEventListener("click", () => view.focus());
  view.contentDOM.addEventListener("focus", () => { load().then(look_over); }, {once: true});
  form.dataset.ready = "yes";
}
