// A closed dialog leaves the focus on <body>: wait for one to come and go, then let `giveBack` set it.
function makeFocusReturn() {
  let watch;
  return (giveBack) => {
    watch?.disconnect();
    let seen = false;
    watch = new MutationObserver(() => {
      const open = document.querySelector("[role=dialog]") !== null;
      if (open) seen = true;
      if (!seen || open) return;
      watch.disconnect();
      setTimeout(giveBack, 50);
    });
    watch.observe(document.body, { childList: true, subtree: true });
  };
}
