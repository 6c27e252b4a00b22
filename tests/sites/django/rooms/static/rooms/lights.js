document.body.classList.add("lit");
