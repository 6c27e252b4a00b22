if (location.hash === "#till") document.body.dataset.till = "1";
