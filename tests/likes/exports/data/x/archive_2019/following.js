window.YTD.following.part0 = [ {
  "following" : {
    "accountId" : "547842573"
  }
} ]