// Tribuna. Follows a live blog: asks now and then for a few bytes, and offers what is new. It moves nothing by itself.
const EVERY = 15_000; // milliseconds
const find = (selector, root) => root.querySelector(selector);

/** Ask for one of the two small pages of a live blog; the browser's copy will do if it is still right. */
const page = async (address) => {
  const response = await fetch(address, { cache: "no-cache" });
  if (!response.ok) throw new Error(response.statusText);
  return new DOMParser().parseFromString(await response.text(), "text/html");
};

/** Follow the live blog in a section, while somebody looks at it. */
export const follow = async (section) => {
  const address = section.dataset.live;
  const button = find("[data-live-show]", section);
  const own = () => find("[data-live-posts]", section);
  let seen = null;
  let waiting = null;

  find("[data-without-script]", section)?.remove();

  const fresh = (list) => {
    const known = new Set([...own().querySelectorAll("article")].map((post) => post.id));
    return [...list.querySelectorAll("article")].filter((post) => !known.has(post.id));
  };

  const differs = (list) => {
    const stamps = (of) => [...of.querySelectorAll("article")].map((post) => post.id + post.dataset.stamp).join();
    return stamps(list) !== stamps(own());
  };

  const offer = (list) => {
    const number = fresh(list).length;
    if (!number) return show(list); // only corrected, or taken back: nobody loses their place
    waiting = list;
    find("[data-live-count]", button).textContent = `(${number})`;
    button.hidden = false;
  };

  const show = (list) => {
    const first = fresh(list)[0]?.id;
    own().replaceWith(document.adoptNode(list));
    waiting = null;
    return first;
  };

  const look = async () => {
    if (document.hidden) return;
    const state = (await page(address)).title;
    if (state === seen) return;
    const list = find("[data-live-posts]", await page(`${address}posts/`)) || document.createElement("ol");
    list.className ||= "live-posts";
    list.dataset.livePosts = "";
    seen = state;
    if (differs(list)) offer(list);
  };

  button.addEventListener("click", () => {
    if (!waiting) return;
    const first = show(waiting);
    button.hidden = true;
    find(`#${first}`, section)?.focus();
  });

  document.addEventListener("visibilitychange", () => look().catch(() => {}));
  for (;;) {
    await look().catch(() => {}); // out of reach for now: the next time
    await new Promise((done) => setTimeout(done, EVERY));
  }
};
