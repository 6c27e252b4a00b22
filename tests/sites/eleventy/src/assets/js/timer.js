console.log("three minutes");
