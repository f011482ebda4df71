// The one place where the pages need a script: only a script may ask a browser for a passkey. It fills in the form and sends it; nothing else.
"use strict";
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) => buffer ? btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "") : undefined;
  const says = form.querySelector("[role=status]");
  const answer = form.querySelector("[name=_passkey]");
  if (!window.PublicKeyCredential || !navigator.credentials) {
    says.textContent = form.dataset.without;
    continue;
  }
  form.addEventListener("submit", async (event) => {
    if (answer.value) return;
    event.preventDefault();
    says.textContent = form.dataset.wait;
    try {
      const options = JSON.parse(form.querySelector("[name=nonce]").value);
      options.challenge = bytes(options.challenge);
      for (const key of options.excludeCredentials ?? options.allowCredentials ?? []) key.id = bytes(key.id);
      let key;
      if (form.dataset.passkey === "create") {
        options.user.id = bytes(options.user.id);
        key = await navigator.credentials.create({ publicKey: options });
      } else {
        key = await navigator.credentials.get({ publicKey: options });
      }
      const r = key.response;
      const response = { clientDataJSON: text(r.clientDataJSON) };
      if (form.dataset.passkey === "create") {
        response.attestationObject = text(r.attestationObject);
        response.transports = r.getTransports ? r.getTransports() : [];
      } else {
        response.authenticatorData = text(r.authenticatorData);
        response.signature = text(r.signature);
        response.userHandle = text(r.userHandle);
      }
      answer.value = JSON.stringify({ id: key.id, rawId: text(key.rawId), type: key.type, response, clientExtensionResults: {} });
      says.textContent = "";
      form.requestSubmit();
    } catch (e) {
      says.textContent = form.dataset.failed;
    }
  });
}
