document.querySelector("h1").title = "Listen";
