/* The query form: Ctrl+Enter (or Cmd+Enter) runs the query. */
(() => {
"use strict";
const field = document.querySelector("form.query textarea");
if (field) field.addEventListener("keydown", event => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    field.form.requestSubmit(field.form.querySelector("button.primary"));
  }
});
})();
