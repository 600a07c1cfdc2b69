// Tribuna. What a page can do besides being read; without this script every link and form leads there too.
(() => {
  "use strict";

  const find = (selector, root = document) => root.querySelector(selector);
  const typed = {}; // what was typed into a comment form, for as long as the page is open and nowhere else

  /** Show what is of use only with the script. */
  const reveal = (root) => root.querySelectorAll("[data-with-script]").forEach((each) => (each.hidden = false));

  /** Put the player in the place of the offer: only now is the other house asked for anything. */
  const play = (button) => {
    const figure = button.closest("[data-player]");
    const frame = document.createElement("iframe");
    const address = new URL(figure.dataset.player);
    address.searchParams.set("autoplay", "1");
    Object.assign(frame, { src: address, title: find(".embed-title", figure).textContent });
    frame.allow = "autoplay; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin";
    find(".embed-stage", figure).replaceChildren(frame);
    frame.focus();
  };

  /** Ask for a page; return its comment form, or nothing when there is none in it. */
  const fetchForm = async (address, options, stays) => {
    const response = await fetch(address, options);
    if (response.redirected) return stays ? location.reload() : location.assign(response.url);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    page.querySelectorAll("noscript").forEach((each) => each.remove()); // the parser runs no script, so it fills them
    return document.adoptNode(find("[data-comment-form]", page));
  };

  const KEPT = ["text", "name", "email"];

  const remember = (section) => {
    for (const name of KEPT) typed[name] = find("form", section).elements[name]?.value ?? typed[name];
  };

  /** Dress a form that has just been put into the page. */
  const receive = (section, opener) => {
    section.opener = opener;
    reveal(section);
    import(section.dataset.passesScript).catch(() => {});
    const fields = find("form", section).elements;
    for (const name of KEPT) if (fields[name]) fields[name].value ||= typed[name] || "";
  };

  /** Open the form beneath the link that leads to it; one at a time. */
  const open = async (link) => {
    link.setAttribute("aria-busy", "true");
    try {
      const section = await fetchForm(link.href);
      if (!section) return;
      const other = find("#comments [data-comment-form]");
      if (other) close(other);
      link.closest("[data-form-place]").append(section);
      receive(section, link);
      find("textarea, .button-main", section).focus();
    } catch {
      location.assign(link.href);
    }
    link.removeAttribute("aria-busy");
  };

  const close = (section) => {
    remember(section);
    section.remove();
    section.opener?.focus();
  };

  /** Send the form from where it stands; the answer is the receipt's address, or the form once more. */
  const send = async (form, button) => {
    const old = form.closest("[data-comment-form]");
    remember(old);
    form.setAttribute("aria-busy", "true");
    try {
      const body = new URLSearchParams(new FormData(form, button));
      const section = await fetchForm(form.action, { method: "POST", body }, "once" in form.dataset);
      if (!section) return old.remove();
      old.replaceWith(section);
      receive(section, old.opener);
      ["[role=alert]", "audio", "[data-answer]", ".button-main"].map((each) => find(each, section)).find(Boolean).focus();
    } catch {
      form.dataset.plainly = "";
      form.requestSubmit(button);
    }
  };

  document.addEventListener("click", (event) => {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const button = event.target.closest("[data-play]");
    if (button) return play(button);
    const link = event.target.closest("[data-opens-form], [data-closes-form]");
    const section = link?.closest("[data-comment-form]");
    if (!link || (link.matches("[data-closes-form]") && !section?.opener)) return;
    event.preventDefault();
    if (link.matches("[data-opens-form]")) open(link);
    else close(section);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.closest("#comments [data-comment-form]") || "plainly" in form.dataset) return;
    event.preventDefault();
    if (!form.hasAttribute("aria-busy")) send(form, event.submitter);
  });

  // Who begins to write has their browser work meanwhile, and need not be asked anything.
  document.addEventListener("focusin", ({ target }) => {
    const field = target.form && find("[data-work]", target.form);
    if (field) import(field.dataset.work).then((work) => work.begin(field)).catch(() => {});
  });

  // The star key repeats the sound, as on a telephone: no answer has a star in it.
  document.addEventListener("keydown", (event) => {
    const sound = event.key === "*" && event.target.matches("[data-answer]") && find("audio", event.target.form);
    if (!sound) return;
    event.preventDefault();
    sound.currentTime = 0;
    sound.play();
  });

  const live = find("[data-live]");
  if (live) import(live.dataset.liveScript).then((script) => script.follow(live)).catch(() => {});
  // Who reads on is told of new comments, and sees them when they want to.
  const news = find("[data-news]");
  const look = async () => {
    if (document.hidden) return;
    const answer = await (await fetch(news.dataset.news)).text();
    const more = parseInt(answer.split('count="')[1]) - news.dataset.shown;
    if (!(more > 0)) return;
    find("b", news).textContent = more;
    news.firstElementChild.hidden = false;
  };
  if (news) {
    setInterval(() => look().catch(() => {}), 60000);
    find("button", news).onclick = () => location.reload();
  }

  reveal(document);
})();
