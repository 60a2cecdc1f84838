// Says how far the opening of a post is, and goes to its pages once they are there.
const words = document.getElementById("words");
const ask = async () => {
  try {
    const answer = await fetch(words.dataset.ask, { cache: "no-store", redirect: "manual" });
    if (answer.status !== 200) return location.assign("/");
    const said = await answer.json();
    if (!said.working) return location.assign("/");
    words.textContent = said.words;
  } catch {
    // Between the two nobody answers: the page makes room for the pages.
  }
  setTimeout(ask, 1000);
};
setTimeout(ask, 500);
