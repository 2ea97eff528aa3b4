"""Write: stories and poems with a language model inside. Its page is still missing, so it is no panel yet."""
