"use strict";

// Joins the page's passkey button to allauth's script; what it needs stands on the button.
(() => {
  const button = document.getElementById("passkey-go");
  const { passkey, options } = button.dataset;
  const ids = { [passkey]: button.id, credential: "id_credential", passwordless: "id_passwordless" };
  window.allauth.webauthn.forms[`${passkey}Form`]({ ids, data: JSON.parse(options || "null") });

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const template = document.getElementById("notice-passkey");
    document.getElementById("notices").replaceChildren(template.content.cloneNode(true));
  });
})();
