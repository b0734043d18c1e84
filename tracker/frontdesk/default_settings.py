"""The desk.toml a new desk starts with."""

DEFAULT_SETTINGS = """\
# The front desk's settings. Edit and restart the desk.

name = "IT front desk"
min_client_version = "0.1.0"
auto_close_days = 7     # a solved request closes by itself after so many days
reopen_days = 14        # a closed request opens again on a reply for so many days
attachment_bytes = 26214400

# Without [hours], a promise of 4 hours means 4 hours by the clock, at night too.
# [hours]
# zone = "Europe/Berlin"
# opens = 08:00:00
# closes = 17:00:00
# days = [0, 1, 2, 3, 4]          # 0 is Monday
# country = "DE"                  # its public holidays are kept, and those of the region
# region = "BY"
# holidays = [2026-12-24]         # your own days off besides

# Which windows a visit can be moved to. Without [hours]: Monday to Friday, 8 to 17 UTC.
# [visits]
# window_hours = 2
# days_ahead = 10
# notice_hours = 1

# Who may chat is told by the agents themselves, on their page.
[chat]
enabled = true
most_per_agent = 4       # chats of one agent at the same time
longest_queue = 20       # as many may wait; the next is told that it is too long now
idle_warn_minutes = 8    # an open chat in which nobody writes is warned after so long
idle_end_minutes = 10    # and ends after so long
agent_gone_minutes = 2   # a chat whose agent is not there any more goes back to the queue
messages_per_minute = 60 # of one person
# [[chat.canned]]
# title = "Ask for the device"
# text = "Which device is it? The label on the back starts with IT-."

# Whom the company's OpenID provider vouches for gets in (docs/deploy/sign-in.md).
# [sign_in]
# issuer = "https://login.example.org/realms/company"
# client_id = "tracker"
# person_claim = "preferred_username"   # a sign-in name or an e-mail address of this desk
# create_people = false                 # whether people whom the desk does not know yet get in
# agents_claim = "groups"               # only with these two an agent gets in this way
# agents_value = "it-agents"
# session_hours = 12                    # after so long the provider is asked again, quietly
# passwords = true                      # whether people may also sign in with a password of this desk

[[services]]
id = "network"
name = "Network & VPN"
description = "No connection, slow connection, VPN, Wi-Fi."
team = "Network team"
first_reply_hours = 4
[[services.fields]]
id = "where"
label = "Where are you?"
kind = "choice"
choices = ["Office", "Home", "On the road"]
required = true
[[services.fields]]
id = "since"
label = "Since when?"
kind = "date"

[[services]]
id = "hardware"
name = "Workplace hardware"
description = "Laptop, screen, dock, headset, phone: broken or wanted."
team = "Workplace team"
first_reply_hours = 8
[[services.fields]]
id = "device"
label = "Which device?"
help = "The label on the back starts with IT-."
[[services.fields]]
id = "room"
label = "Where is it?"
required = true

[[services]]
id = "software"
name = "Software"
description = "Something does not start, does the wrong thing, or is missing."
team = "Workplace team"
first_reply_hours = 8
[[services.fields]]
id = "program"
label = "Which program?"
required = true
[[services.fields]]
id = "message"
label = "What does it say?"
kind = "multiline"

[[services]]
id = "accounts"
name = "Accounts & access"
description = "Passwords, shared folders, rights, new and leaving colleagues."
team = "Service desk"
first_reply_hours = 2
[[services.fields]]
id = "system"
label = "Access to what?"

[[services]]
id = "printing"
name = "Printing"
description = "Printers, scanners, paper and toner."
team = "Workplace team"
first_reply_hours = 8
[[services.fields]]
id = "printer"
label = "Which printer?"
help = "Its name is on the display."

[[services]]
id = "other"
name = "Something else"
description = "You are not sure where it belongs. We sort it out."
team = "Service desk"
first_reply_hours = 8

[[articles]]
id = "vpn-reconnect"
title = "VPN drops every few minutes"
summary = "Most often the saved profile is old. Fetching it again takes two minutes."
body = \"\"\"
1. Close the VPN program.
2. Open it again and choose Profile, then Update.
3. Connect. If it drops again within an hour, raise a request under Network & VPN and say where you are.
\"\"\"

[[articles]]
id = "printer-queue"
title = "The printer does nothing"
summary = "A stuck job blocks those behind it. Removing it usually helps."
body = \"\"\"
1. Open the print queue and remove the oldest job.
2. Switch the printer off, wait ten seconds, switch it on.
3. Print one page. Still nothing: raise a request under Printing with the printer's name.
\"\"\"

[[articles]]
id = "password-change"
title = "Change your password"
summary = "You can change it yourself while you still know the old one."
body = \"\"\"
Lock the screen, choose Change password, type the old one once and the new one twice.
Forgotten? Ask the service desk in person or by phone; for your safety it is not done by mail.
\"\"\"

[[articles]]
id = "second-screen"
title = "The second screen stays black"
summary = "Check the cable at the dock, then the screen's input."
body = \"\"\"
1. Pull the cable out at the dock and put it back.
2. Press the input button of the screen until it shows the right one.
3. Try another port of the dock. Still black: raise a request under Workplace hardware.
\"\"\"
"""
