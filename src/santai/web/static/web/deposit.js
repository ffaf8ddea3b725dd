// The digest of a file is computed here, so that the file stays on the device. Without this script it is sent, compared
// and not kept.

const HEX = 16;

async function sha256(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(HEX).padStart(2, "0")).join("");
}

async function sendDigest(form, picker, into, state) {
  state.hidden = false;
  try {
    into.value = await sha256(picker.files[0]);
    picker.disabled = true;
  } catch {
    // Too large for this device's memory: the server reads it instead.
    into.value = "";
  }
  form.submit();
  picker.disabled = false;
  state.hidden = true;
}

for (const form of document.querySelectorAll("form[data-digest]")) {
  const picker = form.querySelector("[data-digest-from]");
  const into = form.querySelector("[data-digest-into]");
  const state = form.querySelector("[data-digest-state]");
  form.addEventListener("submit", (event) => {
    into.value = "";
    if (!crypto.subtle || !picker.files.length) return;
    event.preventDefault();
    sendDigest(form, picker, into, state);
  });
}
