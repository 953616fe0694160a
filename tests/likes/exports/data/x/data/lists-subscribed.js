window.YTD.lists_subscribed.part0 = [ {
  "userListInfo" : {
    "url" : "https://twitter.com/smm_riga/lists/baltic-marketing"
  }
}, {
  "userListInfo" : {
    "url" : "https://twitter.com/i/lists/12345"
  }
} ]