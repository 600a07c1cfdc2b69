// Makes the queue quicker, where scripts run: choose all, count the chosen, and keys while the focus is in a comment
// (j and k: next and previous; p: publish; s: spam; r: reject). Nothing needs it.
const queue = document.querySelector("[data-desk-queue]");
const bulk = document.querySelector("[data-desk-bulk]");

if (queue && bulk) {
    const checks = [...queue.querySelectorAll("[data-desk-check]")];
    const all = bulk.querySelector("[data-desk-all]");
    const chosen = bulk.querySelector("[data-desk-chosen]");

    const count = () => {
        const number = checks.filter((check) => check.checked).length;
        chosen.textContent = number || "";
        all.firstElementChild.checked = number === checks.length;
    };

    all.hidden = false;
    all.addEventListener("change", (event) => {
        checks.forEach((check) => { check.checked = event.target.checked; });
        count();
    });
    queue.addEventListener("change", count);
    count();

    queue.addEventListener("keydown", (event) => {
        const typing = event.target.matches("textarea, select");
        if (typing || event.ctrlKey || event.metaKey || event.altKey) return;
        const comment = event.target.closest("[data-desk-comment]");
        const step = { j: 1, k: -1 }[event.key];
        if (step) {
            const here = checks.indexOf(comment.querySelector("[data-desk-check]"));
            checks[here + step]?.focus();
        } else {
            comment.querySelector(`[data-desk-key="${CSS.escape(event.key)}"]`)?.click();
        }
    });
}
