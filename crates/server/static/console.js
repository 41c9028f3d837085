// Keys for those who use them; every page works without.
document.addEventListener('keydown', function (event) {
  var at = event.target;
  if (event.ctrlKey || event.metaKey || event.altKey || /INPUT|TEXTAREA|SELECT/.test(at.tagName)) return;
  var find = document.querySelector('[data-find]');
  if (event.key === '/' && find) {
    event.preventDefault();
    find.focus();
    find.select();
  } else if (event.key === 'j' || event.key === 'k') {
    var cases = [].slice.call(document.querySelectorAll('[data-case]'));
    var current = cases.indexOf(document.querySelector('[data-case][aria-current]'));
    var next = cases[event.key === 'j' ? current + 1 : Math.max(current - 1, 0)];
    if (next) next.click();
  }
});
