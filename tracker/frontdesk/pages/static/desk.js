// Says it when the desk does not answer, so that nobody trusts an old page. Everything else is done by htmx.
"use strict";
(function () {
  const words = "The desk does not answer. What you see may be old; what you send may not arrive.";
  let silent = false;
  function say(text) {
    const news = document.getElementById("news");
    if (!news) return;
    const line = document.createElement("p");
    line.className = "news";
    line.textContent = text;
    news.replaceChildren(line);
  }
  function fail() {
    if (!silent) say(words);
    silent = true;
  }
  document.addEventListener("htmx:sendError", fail);
  document.addEventListener("htmx:timeout", fail);
  document.addEventListener("htmx:responseError", fail);
  document.addEventListener("htmx:afterRequest", function (event) {
    if (silent && event.detail.successful) {
      silent = false;
      say("The desk answers again.");
    }
  });
})();
