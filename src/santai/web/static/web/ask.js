// Speaking instead of typing, where the browser can listen. Without this script the question is typed.

const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;

function offerSpeaking(button) {
  const into = document.getElementById(button.dataset.speak);
  const label = button.querySelector("span");
  const idle = label.textContent;
  const listener = new Recognition();
  let isListening = false;
  listener.lang = "zh-CN";
  listener.continuous = true;
  listener.onresult = (event) => {
    for (let at = event.resultIndex; at < event.results.length; at += 1) {
      if (event.results[at].isFinal) into.value += event.results[at][0].transcript;
    }
  };
  listener.onstart = () => show(true);
  listener.onend = () => show(false);
  listener.onerror = () => show(false);

  function show(listening) {
    isListening = listening;
    label.textContent = listening ? button.dataset.speaking : idle;
    button.setAttribute("aria-pressed", String(listening));
  }

  button.hidden = false;
  button.addEventListener("click", () => (isListening ? listener.stop() : listener.start()));
}

if (Recognition) document.querySelectorAll("[data-speak]").forEach(offerSpeaking);
