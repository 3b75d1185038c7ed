"use strict";

// Warns before the session ends, and keeps the page usable when it has ended: after a new sign-in in another window
// the forms get a fresh token. Nothing is stored in the browser. Without this file the server holds a late post.
(() => {
  const page = document.body.dataset;
  const place = document.getElementById("session-notice");
  if (!page.session || !place) return;

  const warning = Number(page.warning);
  const fresh = 60 * 1000; // what is known about the session is trusted for so long
  const longest = 2 ** 31 - 1; // a timer cannot wait longer
  let told = Date.now();
  let out = page.idle === undefined; // signed out, or somebody else signed in
  let shown = "";
  let timer = 0;
  let sent = null; // the form that has been looked at and may go
  const unsaved = new Set();
  const tried = new WeakSet();

  const show = (id) => {
    if (shown !== id) place.replaceChildren(...(id ? [document.getElementById(id).content.cloneNode(true)] : []));
    shown = id;
  };

  const renew = (token) => {
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((field) => { field.value = token; });
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  };

  const plan = (left) => {
    clearTimeout(timer);
    const wait = left > warning ? left - warning : left + 1;
    timer = setTimeout(check, Math.min(wait * 1000, longest));
  };

  const ask = async (method) => {
    const headers = { "X-Requested-With": "XMLHttpRequest" };
    if (method === "POST") headers["X-CSRFToken"] = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
    const answer = await fetch(page.session, { method, headers, cache: "no-store", redirect: "manual" });
    if (answer.status === 401) return null;
    if (!answer.ok) throw new Error(`session: ${answer.status}`);
    return answer.json();
  };

  const learn = (state) => {
    const wasOut = out;
    out = !state || (page.account !== undefined && page.account !== String(state.account));
    if (out) {
      clearTimeout(timer);
      show(state ? "notice-other" : "notice-signed-out");
      return false;
    }
    told = Date.now();
    renew(state.token);
    plan(state.left);
    if (state.left <= warning) show(state.is_last ? "notice-last" : "notice-ending");
    else show(wasOut ? "notice-back" : "");
    for (const element of unsaved) window.htmx.trigger(element, "change");
    unsaved.clear();
    return true;
  };

  // Whether one may send now. A server that does not answer is no reason to hold a person back.
  async function check() {
    try {
      return learn(await ask("GET"));
    } catch {
      plan(warning + 60);
      return true;
    }
  }

  const comeBack = () => {
    if (!document.hidden && (out || shown || Date.now() - told > fresh)) check();
  };

  document.addEventListener("click", async (event) => {
    if (!event.target.closest("[data-stay]")) return;
    try {
      if (learn(await ask("POST"))) document.getElementById("main").focus();
    } catch {
      check();
    }
  });
  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const isSure = form === sent || (!out && Date.now() - told < fresh);
    sent = null;
    if (form.method !== "post" || isSure || event.defaultPrevented) return;
    event.preventDefault();
    const sender = event.submitter;
    if (!(await check())) return;
    sent = form;
    form.requestSubmit(sender);
  });
  document.addEventListener("htmx:responseError", (event) => {
    const { elt, xhr } = event.detail;
    if (xhr.status !== 401 && (xhr.status !== 403 || tried.has(elt))) return;
    tried.add(elt);
    unsaved.add(elt);
    check();
  });
  document.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.successful) tried.delete(event.detail.elt);
  });
  window.addEventListener("focus", comeBack);
  document.addEventListener("visibilitychange", comeBack);
  if (!out) plan(Math.min(Number(page.idle), Number(page.last) - Date.now() / 1000));
})();
