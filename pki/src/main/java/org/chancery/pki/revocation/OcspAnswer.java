package org.chancery.pki.revocation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/// What a responder answers, before or after somebody has signed it.
///
/// @param producedAt when it was signed
/// @param nonce the request's, if it had one
public record OcspAnswer(Instant producedAt, List<OcspSingle> answers, Optional<OcspNonce> nonce) {
    public OcspAnswer {
        producedAt = producedAt.truncatedTo(ChronoUnit.SECONDS);
        answers = List.copyOf(answers);
        if (answers.isEmpty()) {
            throw new IllegalArgumentException("an answer about no certificate");
        }
    }
}
