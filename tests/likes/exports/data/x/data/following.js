window.YTD.following.part0 = [
  {
    "following" : {
      "accountId" : "1390730000000000001",
      "userLink" : "https://twitter.com/intent/user?user_id=1390730000000000001"
    }
  },
  {
    "following" : {
      "accountId" : "12158",
      "userLink" : "https://twitter.com/intent/user?user_id=12158"
    }
  },
  {
    "following" : {
      "userLink" : "https://twitter.com/intent/user?user_id=77"
    }
  },
  {
    "following" : {
      "accountId" : 1.39073E+18
    }
  },
  {
    "following" : { }
  }
]
