/* Runs before everything else and on engines that understand nothing newer than
   ES5: when the web component of the phone is too old, says what to do instead
   of showing an empty page. */
(function () {
  'use strict';
  var agent = navigator.userAgent;
  var version = /Chrom(?:e|ium)\/(\d+)/.exec(agent);
  var old = version ? Number(version[1]) < 80 : !(window.Promise && Promise.allSettled && window.ResizeObserver);
  var shown = false;

  function line(parent, tag, text, lang) {
    var element = document.createElement(tag);
    element.appendChild(document.createTextNode(text));
    element.style.margin = '0 0 12px';
    if (lang) element.lang = lang;
    parent.appendChild(element);
  }

  function show(title, steps, titleEn, stepsEn) {
    if (shown) return;
    shown = true;
    var box = document.createElement('div');
    box.setAttribute('role', 'alert');
    box.id = 'boot';
    /* Set one by one: the content policy forbids a style attribute, not this. */
    box.style.padding = '32px 24px';
    box.style.fontSize = '18px';
    box.style.lineHeight = '1.6';
    box.style.fontFamily = 'sans-serif';
    document.documentElement.setAttribute('data-stopped', 'yes');
    line(box, 'h1', title, 'zh-CN');
    for (var i = 0; i < steps.length; i++) line(box, 'p', steps[i], 'zh-CN');
    line(box, 'h2', titleEn, 'en');
    for (var j = 0; j < stepsEn.length; j++) line(box, 'p', stepsEn[j], 'en');
    document.body.insertBefore(box, document.body.firstChild);
  }

  function tooOld() {
    show(
      '手机里的网页组件太旧,打不开',
      [
        '你写过的都还在手机里,不会丢。',
        '1. 打开手机的应用市场,搜“Android System WebView”(有的手机叫“系统网页组件”或“Chrome”),点更新。',
        '2. 更新完,把“邻里”关掉再打开。',
        '找不到就把手机带到社区网格中心,有人帮你弄。急事先打 110、119、120。'
      ],
      'The web component of this phone is too old',
      [
        'Everything you wrote is still on this phone.',
        '1. Open the app store, search for “Android System WebView” (or “Chrome”) and update it.',
        '2. Close Linli and open it again.',
        'If you can’t find it, take the phone to your community’s grid office.'
      ]
    );
  }

  function notStarted() {
    if (document.documentElement.getAttribute('data-started')) return;
    show(
      '没打开成',
      ['你写过的都还在手机里。请把“邻里”关掉再打开;还不行,把手机带到社区网格中心。'],
      'It did not start',
      ['Everything you wrote is still on this phone. Close Linli and open it again, or take the phone to your community’s grid office.']
    );
  }

  function ready() {
    if (old) tooOld();
    /* Slow phones need their time; a start-up error speaks up at once. */
    else setTimeout(notStarted, 20000);
  }

  window.addEventListener('error', function (event) {
    /* Only what stops the start: our own script, before the first screen. */
    if (event && event.filename && !document.documentElement.getAttribute('data-started') && document.body) notStarted();
  });
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', ready);
  else ready();
})();
