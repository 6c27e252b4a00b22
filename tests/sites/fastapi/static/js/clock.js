console.log(new Date());
