// Back to the start when nobody is there any more: a warning that counts down, then the visit is ended.

const kiosk = document.querySelector("[data-idle]");
const warning = document.getElementById("idle-warning");
const leave = document.getElementById("leave");

if (kiosk && warning && leave) {
  const idle = Number(kiosk.dataset.idle) * 1000;
  const countdown = Number(kiosk.dataset.countdown);
  const shown = warning.querySelector("[data-seconds]");
  let quiet;
  let ticking;

  const warn = () => {
    let left = countdown;
    shown.textContent = String(left);
    warning.showModal();
    ticking = setInterval(() => {
      left -= 1;
      shown.textContent = String(left);
      if (left <= 0) {
        clearInterval(ticking);
        leave.requestSubmit();
      }
    }, 1000);
  };

  const awake = () => {
    if (warning.open) return;
    clearTimeout(quiet);
    quiet = setTimeout(warn, idle);
  };

  warning.addEventListener("close", () => {
    clearInterval(ticking);
    awake();
  });
  for (const sign of ["pointerdown", "keydown", "input", "scroll"]) addEventListener(sign, awake, { passive: true });
  awake();
}
