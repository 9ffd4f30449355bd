// The page's language, the framework's own words in it, and what is said aloud. No person's text is touched: only
// exact words of the framework, outside of tables and text that a page wrote.
const WORDS = Symbol.for("kokoonpano.words");
const ATTRIBUTES = ["aria-label", "title", "placeholder"];
const OURS = '[data-testid="stMarkdownContainer"], [data-testid="stHtml"], .stBidiComponent, textarea';

const THEIRS = '[data-testid="stFileUploaderDropzone"]';
const LIMIT = /^(?:Limit )?(\d+)\s?MB per file/;
const HELP = /^Help for (.*)$/;

function translateText(node, state) {
  const written = node.nodeValue.trim();
  if (!written || (node.parentElement && node.parentElement.closest(OURS) && !node.parentElement.closest(THEIRS))) return;
  const word = state.words[written];
  if (word && word !== written) node.nodeValue = node.nodeValue.replace(written, word);
  else if (state.limit && LIMIT.test(written)) {
    node.nodeValue = node.nodeValue.replace(LIMIT, (_, size) => state.limit.replace("{size}", size));
  }
}

// The framework puts headings between the items of its list of pages, which is then no list: the links stay links.
const NO_LIST = '[data-testid="stSidebarNavItems"], [data-testid="stSidebarNavItems"] li';

function translateElement(element, state) {
  if (element.matches(NO_LIST) && element.getAttribute("role") !== "none") element.setAttribute("role", "none");
  for (const name of ATTRIBUTES) {
    const written = element.getAttribute(name);
    const help = written && state.help && HELP.exec(written);
    const word = help ? state.help.replace("{name}", help[1]) : written && state.words[written];
    if (word && word !== written) element.setAttribute(name, word);
  }
}

function translate(root, state) {
  if (root.nodeType === Node.TEXT_NODE) return translateText(root, state);
  if (root.nodeType !== Node.ELEMENT_NODE) return;
  translateElement(root, state);
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (walker.currentNode.nodeType === Node.TEXT_NODE) translateText(walker.currentNode, state);
    else translateElement(walker.currentNode, state);
  }
}

function watch(state) {
  const observer = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "attributes") translateElement(change.target, state);
      else if (change.type === "characterData") translateText(change.target, state);
      else change.addedNodes.forEach((node) => translate(node, state));
    }
  });
  observer.observe(document.body, {
    subtree: true, childList: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES,
  });
}

// On a narrow screen the menu lies over the page: once a page was chosen there, the page is what matters.
function closeMenu() {
  const open = document.querySelector('[data-testid="stSidebar"][data-collapsed="false"]');
  if (open && window.innerWidth < 768) open.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}

export default function ({ data, parentElement }) {
  document.documentElement.lang = data.lang;
  for (const [name, value] of Object.entries(data.cookies)) {
    const secure = location.protocol === "https:" ? "; secure" : "";
    document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=strict${secure}`;
  }
  let state = window[WORDS];
  if (!state) {
    state = window[WORDS] = {};
    watch(state);
  }
  state.words = data.words;
  state.limit = data.limit;
  state.help = data.help;
  translate(document.body, state);
  if (state.page && state.page !== data.page) closeMenu();
  const say = parentElement.querySelector(".say");
  const news = state.page && state.page !== data.page ? data.page : data.announce;
  if (say && news !== say.textContent) say.textContent = news;
  state.page = data.page;
  document.documentElement.dataset.page = data.page;
}
