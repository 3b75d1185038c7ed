"use strict";

// Starts the parts of the design system, and again in what htmx puts in. Every page works without this file.
(() => {
  const each = (scope, selector, work) => {
    if (scope.matches && scope.matches(selector)) work(scope);
    scope.querySelectorAll(selector).forEach(work);
  };

  // The picker would post an empty date for a mistyped one; let it post what the person sees.
  const keepTypedDates = (scope) => each(scope, ".date-picker", (picker) => {
    const hidden = picker.querySelector(".date-picker__internal-input");
    const shown = picker.querySelector(".date-picker__external-input");
    if (!hidden || !shown || !hidden.name) return;
    shown.name = hidden.name;
    hidden.removeAttribute("name");
  });

  const startSwapped = (scope) => {
    const parts = window.DKFDS;
    parts.datePicker.init(scope.parentElement || scope);
    keepTypedDates(scope);
    each(scope, ".form-limit", (element) => new parts.CharacterLimit(element).init());
    each(scope, ".accordion", (element) => new parts.Accordion(element).init());
    each(scope, ".tooltip-wrapper", (element) => new parts.Tooltip(element).init());
    each(scope, "table.table-md-responsive-headers", (element) => new parts.ResponsiveTable(element));
    each(scope, '[data-module="error-summary"]', (element) => new parts.ErrorSummary(element).init());
  };

  const closeMenus = (except) => each(document, "details.app-menu[open]", (menu) => {
    if (menu !== except) menu.open = false;
  });

  const notice = (id) => {
    const notices = document.getElementById("notices");
    const template = document.getElementById(id);
    if (notices && template) notices.replaceChildren(template.content.cloneNode(true));
  };

  sessionStorage.removeItem("htmx-current-path-for-history"); // the machines are shared: no address stays behind

  document.addEventListener("DOMContentLoaded", () => {
    each(document, "form", (form) => { form.noValidate = true; });
    window.DKFDS.init();
    keepTypedDates(document);
  });
  document.addEventListener("htmx:load", (event) => {
    if (event.detail.elt !== document.body) startSwapped(event.detail.elt);
  });
  document.addEventListener("htmx:sendError", () => notice("notice-no-answer"));
  document.addEventListener("htmx:responseError", (event) => {
    if (event.detail.xhr.status >= 500) notice("notice-no-answer");
  });
  document.addEventListener("click", (event) => closeMenus(event.target.closest("details.app-menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const open = document.querySelector("details.app-menu[open]");
    closeMenus(null);
    if (open) open.querySelector("summary").focus();
  });
})();
