-- A fresh sign-in replaces the staff session; what that session was viewing goes on in the new one.
GRANT UPDATE ("staffSessionId") ON "Impersonation" TO countersign_app;
