package org.chancery.server.conversation.sqlite;

import java.util.List;
import java.util.Optional;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.conversation.Verdict;

/// Leaves the checks of a change; never leaves this package.
final class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Verdict.Refused verdict;

    Refusal(ProtocolError error, String detail) {
        this(error, detail, List.of());
    }

    Refusal(ProtocolError error, String detail, List<byte[]> changes) {
        this(new Verdict.Refused(error, detail, Optional.empty(), changes));
    }

    Refusal(Verdict.Refused verdict) {
        super(verdict.detail(), null, false, false);
        this.verdict = verdict;
    }

    Verdict.Refused verdict() {
        return verdict;
    }
}
