// What the page of chats does beside htmx: keeps what is being written, sends with Enter, inserts ready answers, takes
// pasted pictures, and says what was read while somebody looks. Without it everything still works by plain forms.
"use strict";
(function () {
  const number = function () { const form = composer(); return form ? form.dataset.chat : ""; };
  const composer = function () { return document.getElementById("composer"); };
  const field = function () { return document.getElementById("chat-text"); };
  const draft = function () { return "desk draft " + number(); };
  let sent = "";
  let seen = "";

  function hint(words) {
    document.getElementById("chat-hint").textContent = words || "Enter sends, Shift+Enter begins a line";
  }
  function keep() {
    const text = field();
    if (!text) return;
    if (text.value) sessionStorage.setItem(draft(), text.value);
    else sessionStorage.removeItem(draft());
  }
  function restore() {
    const text = field();
    if (!text || text.dataset.ready) return;
    text.dataset.ready = "yes";
    hint("");
    if (!text.value) text.value = sessionStorage.getItem(draft()) || "";
  }
  function tellSeen() {
    const form = composer();
    if (!form || document.visibilityState !== "visible") return;
    const theirs = document.querySelectorAll("#talk > .message:not(.ours)");
    const last = theirs.length ? theirs[theirs.length - 1].dataset.message : "";
    if (!last || last === seen) return;
    seen = last;
    const said = new URLSearchParams({ token: form.elements.token.value, message: last });
    fetch("/desk/chats/" + number() + "/seen", { method: "POST", body: said }).catch(function () { seen = ""; });
  }
  function insert(words) {
    const text = field();
    const gap = text.selectionStart && !/\s$/.test(text.value.slice(0, text.selectionStart)) ? "\n" : "";
    text.setRangeText(gap + words, text.selectionStart, text.selectionEnd, "end");
    text.focus();
    keep();
  }

  document.addEventListener("input", function (event) { if (event.target === field()) keep(); });
  document.addEventListener("keydown", function (event) {
    if (event.target !== field() || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!event.repeat) composer().requestSubmit(document.getElementById("chat-send"));
  });
  document.addEventListener("click", function (event) {
    const button = event.target.closest("[data-canned]");
    if (!button) return;
    event.preventDefault();
    insert(button.dataset.canned);
    button.closest("details").open = false;
  });
  document.addEventListener("paste", function (event) {
    const files = event.target === field() ? event.clipboardData.files : [];
    if (!files.length) return;
    event.preventDefault();
    const all = new DataTransfer();
    const chosen = document.getElementById("chat-files");
    for (const file of [...chosen.files, ...files]) all.items.add(file);
    chosen.files = all.files;
  });
  document.addEventListener("htmx:beforeRequest", function (event) {
    if (event.target === composer()) sent = field().value;
  });
  document.addEventListener("htmx:xhr:progress", function (event) {
    if (event.target !== composer() || !event.detail.lengthComputable) return;
    const share = Math.floor(100 * event.detail.loaded / event.detail.total);
    hint(share < 100 && document.getElementById("chat-files").files.length ? "Sending, " + share + " %" : "");
  });
  document.addEventListener("chat-sent", function () {
    const text = field();
    text.value = text.value.startsWith(sent) ? text.value.slice(sent.length) : text.value;
    document.getElementById("chat-files").value = "";
    keep();
  });
  document.addEventListener("htmx:afterSettle", function () { restore(); tellSeen(); });
  document.addEventListener("visibilitychange", tellSeen);
  document.addEventListener("DOMContentLoaded", function () {
    restore();
    tellSeen();
  });
})();
