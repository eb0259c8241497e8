-- Why a second person is needed is computed anew when the requester confirms.
GRANT UPDATE ("approvalReasons") ON "Proposal" TO countersign_app;

-- The queue of those that wait.
CREATE INDEX "Proposal_waiting" ON "Proposal" ("id") WHERE "state" = 'awaitingApproval';
