// The call's clock counts up from the moment it was answered.

const clock = document.querySelector("[data-since]");
const two = (number) => String(number).padStart(2, "0");

function tick() {
  const seconds = Math.max(0, Math.floor((Date.now() - Date.parse(clock.dataset.since)) / 1000));
  const hours = Math.floor(seconds / 3600);
  clock.textContent = `${hours ? `${hours}:` : ""}${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

if (clock) {
  tick();
  setInterval(tick, 1000);
}
