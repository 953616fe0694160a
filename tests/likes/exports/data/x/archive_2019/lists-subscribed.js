window.YTD.lists_subscribed.part0 = [ {
  "userListInfo" : {
    "urls" : [ "https://twitter.com/smm_riga/lists/baltic-marketing", "" ]
  }
} ]