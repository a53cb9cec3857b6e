package org.chancery.server.conversation.sqlite;

import java.util.Optional;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.conversation.Verdict;

/// Leaves the checks of a change; never leaves this package.
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Verdict.Refused verdict;

    Refusal(ProtocolError error, String detail) {
        this(error, detail, Optional.empty());
    }

    Refusal(ProtocolError error, String detail, Optional<Verdict.Unknown> unknown) {
        this(new Verdict.Refused(error, detail, Optional.empty(), unknown));
    }

    Refusal(Verdict.Refused verdict) {
        super(verdict.detail(), null, false, false);
        this.verdict = verdict;
    }

    Verdict.Refused verdict() {
        return verdict;
    }
}
