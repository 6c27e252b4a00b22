console.log("remind me");
