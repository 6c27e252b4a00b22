window.basket = { size: () => Number(localStorage.getItem("basket") ?? 0) };
