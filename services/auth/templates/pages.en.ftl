### English: signing up and logging in.

sign-up-title = Join Nexgate
your-name = Your name
your-name-hint = As others will see it.
contact = E-mail or phone
contact-hint = For a phone: 0712 000 001, or with the country code.
birth-date = Birth date
birth-date-hint = Nobody will ever see it. You need to be at least 13.
password = Password
new-password-hint = Three or four random words are a good one. Without a password you log in with a code.
send-code = Send me a code
have-account = You have an account already?
no-account = New here?

log-in-title = Welcome back
log-in-by-code = Send me a code instead

verify-title = Type in the code
verify-text = We sent six digits to your phone or mailbox. They are good for 10 minutes.
code = Code
verify = Go on
send-again = Send another code
code-sent-again = Another code is on its way.

sessions-title = Where you are logged in
sessions-text = End what you don't recognise. It takes effect within seconds.
this-session = This device
last-seen = Last seen: { $at }
end-session = End
end-others = Log out everywhere else
log-out = Log out here
session-ended = That session has ended.
others-ended = You are logged out everywhere else.

error-auth-contact_invalid = Give an e-mail address, or a phone number with its country code.
error-auth-one_contact_expected = Give an e-mail address or a phone number.
error-auth-birth_date_invalid = Give the day you were born on.
error-auth-too_young = You need to be at least 13 to sign up.
error-auth-password_weak = This password is easy to guess. Take a longer one.
error-auth-wrong_credentials = The name or the password is wrong.
error-auth-throttled = Too many failed attempts. Wait, or log in with a code.
error-auth-code_wrong = This code is wrong. Look at the newest message.
error-auth-code_expired = This code has expired. Ask for another one.
error-auth-code_locked = The code was wrong too often. Ask for another one.
error-auth-code_used = This code has been used. Log in again.
error-auth-code_too_soon = Wait half a minute before you ask for another code.
error-auth-account_locked = This account is locked. Write to support.
error-auth-account_state = The account's state doesn't allow this.
error-auth-refresh_invalid = Your session has ended. Log in again.
error-auth-refresh_reused = Your session was ended for safety. Log in again.
error-auth-session_revoked = Your session has ended. Log in again.
error-auth-busy = Many people are logging in right now. Try again in a moment.
