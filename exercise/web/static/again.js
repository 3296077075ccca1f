// Where the connection is lost, and nobody left, the page comes back by itself.
(function () {
  var LEFT = 4001; // what the site closes with where somebody left
  var opened = Date.now();
  var Plain = window.WebSocket;

  function comeBack() {
    fetch(window.location.pathname, { cache: "no-store" }).then(
      function (answer) {
        if (answer.status < 500) { window.location.reload(); } else { later(); }
      },
      later
    );
  }
  function later() {
    // one that closes as soon as it opens is not asked for again and again
    setTimeout(comeBack, Date.now() - opened < 5000 ? 10000 : 1500);
  }

  window.WebSocket = class extends Plain {
    constructor() {
      super(...arguments);
      this.addEventListener("close", function (event) {
        if (event.code === LEFT) { return; }
        document.body.classList.add("-lost");
        later();
      });
    }
  };
})();
