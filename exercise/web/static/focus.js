// Keys go to the console from the start, and again whenever the page is come back to.
(function () {
  function focus() {
    var keys = document.querySelector(".xterm-helper-textarea");
    if (keys) { keys.focus(); }
    return Boolean(keys);
  }
  function soon(tries) {
    if (!focus() && tries > 0) { setTimeout(function () { soon(tries - 1); }, 100); }
  }
  window.addEventListener("load", function () { soon(100); });
  window.addEventListener("focus", focus);
})();
