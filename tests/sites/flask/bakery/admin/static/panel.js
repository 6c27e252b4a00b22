console.info("panel");
