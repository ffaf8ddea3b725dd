// Keeps a part of the page up to date. On an element with an id:
//   data-live-url      a stream of server-sent events; every message means "something changed"
//   data-poll-url      asked every 5 seconds when there is no stream; a changed answer means the same
//   data-fragment-url  where the new element is found (default: this page); the element with the same id replaces the old
//   data-also          ids of further elements that are replaced with it
// An element in which somebody is filling in a form stays as it is: a bar offers the news instead.

const POLL_EVERY = 5000;

function isTouched(each) {
  if (/checkbox|radio/.test(each.type)) return each.checked !== each.defaultChecked;
  if (each.tagName === "SELECT") return [...each.options].some((one) => one.selected !== one.defaultSelected && one.index > 0);
  return each.value !== (each.defaultValue ?? "");
}

function isBeingEdited(element) {
  const fields = [...element.querySelectorAll("textarea, select, input:not([type=hidden])")];
  return fields.some((each) => each === document.activeElement || isTouched(each));
}

class Live {
  constructor(element) {
    this.id = element.id;
    this.settings = { ...element.dataset };
    if (this.settings.liveUrl && "EventSource" in window) this.stream();
    else this.poll();
  }

  get element() {
    return document.getElementById(this.id);
  }

  stream() {
    this.source = new EventSource(this.settings.liveUrl);
    this.source.onmessage = () => this.refresh();
    this.source.onerror = () => {
      if (this.source.readyState !== EventSource.CLOSED) return;
      this.poll();
    };
    addEventListener("pagehide", () => this.source.close());
  }

  poll() {
    if (!this.settings.pollUrl || this.timer) return;
    this.timer = setInterval(() => this.ask(), POLL_EVERY);
    this.ask();
  }

  stop() {
    this.source?.close();
    clearInterval(this.timer);
  }

  async ask() {
    if (document.hidden) return;
    const answer = await fetch(this.settings.pollUrl, { headers: { "X-Requested-With": "fetch" } }).catch(() => null);
    if (!answer?.ok) return;
    const said = await answer.text();
    const isNews = this.lastSaid === undefined ? said.includes('"changed": true') : this.lastSaid !== said;
    this.lastSaid = said;
    if (isNews) this.refresh();
  }

  async refresh() {
    const ids = [this.id, ...(this.settings.also ?? "").split(" ").filter(Boolean)];
    const free = ids.filter((id) => document.getElementById(id) && !isBeingEdited(document.getElementById(id)));
    if (free.length < ids.length) this.offer();
    if (!free.length) return;
    const answer = await fetch(this.settings.fragmentUrl ?? location.href, { headers: { "HX-Request": "true" } }).catch(
      () => null,
    );
    if (!answer?.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    free.forEach((id) => this.replace(id, page.getElementById(id)));
  }

  replace(id, fresh) {
    const old = document.getElementById(id);
    if (!fresh || !old) return;
    fresh.classList.add("fresh");
    const node = document.adoptNode(fresh);
    if (id === this.id) {
      watched.set(node, this);
      this.settings = { ...node.dataset };
    }
    old.replaceWith(node);
    window.htmx?.process(node);
    document.dispatchEvent(new CustomEvent("live:replaced", { detail: { id } }));
  }

  offer() {
    if (document.querySelector(".arrived")) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-main arrived";
    button.textContent = "有新的进展，点这里查看";
    button.addEventListener("click", () => location.reload());
    document.body.append(button);
  }
}

// Elements may come and go: a case opened beside the list is watched while it is there.
const watched = new Map();

function watchAll() {
  for (const [element, live] of watched) {
    if (element.isConnected) continue;
    watched.delete(element);
    if (![...watched.values()].includes(live)) live.stop();
  }
  for (const element of document.querySelectorAll("[data-live-url], [data-poll-url]")) {
    if (!watched.has(element)) watched.set(element, new Live(element));
  }
}

watchAll();
for (const change of ["htmx:afterSettle", "live:removed"]) document.addEventListener(change, watchAll);
