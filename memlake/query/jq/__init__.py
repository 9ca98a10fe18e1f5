"""Programs in the jq language, run by libjq on lists of records or whole documents."""
