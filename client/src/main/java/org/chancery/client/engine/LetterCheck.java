package org.chancery.client.engine;

import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.chancery.client.store.SenderChain;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.frame.Clocks;
import org.chancery.protocol.membership.Membership;

/// What must hold of a letter after its signature does, in the order in which it is asked. Knows nothing but its
/// arguments.
final class LetterCheck {
    /// How a letter follows on those of its chain that were received before.
    sealed interface Order {
        /// It is the next.
        record Next() implements Order {}

        /// It is a later one: so many before it are missing.
        record Later(long missing) implements Order {}

        /// It has a number that another letter bears, or follows on another letter.
        record Broken(LetterFailure failure) implements Order {}
    }

    private LetterCheck() {}

    /// Holds what is signed against what is written outside, and against when the relay says it came.
    static Optional<LetterFailure> outside(
            Content content, LetterHeader header, Instant signingTime, Instant acceptedAt) {
        if (!content.conversation().equals(header.conversation())
                || !content.chain().equals(header.chain())
                || content.counter() != header.counter()) {
            return Optional.of(LetterFailure.HEADER_MISMATCH);
        }
        if (Clocks.areApart(signingTime, acceptedAt) || Clocks.areApart(content.sentAt(), acceptedAt)) {
            return Optional.of(LetterFailure.TIME_MISMATCH);
        }
        return Optional.empty();
    }

    /// Whether a letter that names one other person was written by `from` for the conversation between those
    /// two, one of whom is `self`.
    static Optional<LetterFailure> ofTwo(Content content, Address self, Address from) {
        Address with = content.with().orElseThrow();
        boolean ours = self.equals(from) || self.equals(with);
        return ours
                        && content.membershipHead().length == 0
                        && content.conversation().equals(ConversationId.direct(from, with))
                ? Optional.empty()
                : Optional.of(LetterFailure.WRONG_CONVERSATION);
    }

    /// Whether a letter was written for the room as it was at its place in the log, by one of its members, and for us.
    ///
    /// @param then who belonged to the room at that place; empty before it began
    static Optional<LetterFailure> ofRoom(Content content, Optional<Membership> then, Address self, Address from) {
        if (then.isEmpty()
                || !Arrays.equals(content.membershipHead(), then.get().head().bytes())) {
            return Optional.of(LetterFailure.MEMBERSHIP_MISMATCH);
        }
        if (!then.get().members().containsKey(from)) {
            return Optional.of(LetterFailure.NOT_A_MEMBER);
        }
        return then.get().members().containsKey(self) ? Optional.empty() : Optional.of(LetterFailure.BEFORE_ADMISSION);
    }

    /// Holds the first letter of a chain against the last one of the chain that it continues.
    ///
    /// A device whose store was restored remembers less of that than others have: those letters were its own
    /// all the same. Where it remembers more, the others are missing something.
    ///
    /// @param last how far the continued chain has come here
    static Order continued(Content content, SenderChain last) {
        long counter = content.continues().orElseThrow().counter();
        if (counter > last.counter()) {
            return new Order.Later(counter - last.counter());
        }
        boolean same = Digest.ofBytes(content.previousLetterHash()).equals(last.letter());
        return counter < last.counter() || same ? new Order.Next() : new Order.Broken(LetterFailure.PREVIOUS_MISMATCH);
    }

    /// Holds a letter against the last one of its chain.
    ///
    /// @param last how far the chain has come here
    /// @param admitted whether this device has seen anything of the conversation before: if not, a chain may begin
    ///     anywhere, and this is where the device was admitted
    static Order order(Content content, Digest letter, Optional<SenderChain> last, boolean admitted) {
        if (last.isEmpty()) {
            return content.counter() > 1 && admitted ? new Order.Later(content.counter() - 1) : new Order.Next();
        }
        SenderChain chain = last.get();
        if (content.counter() <= chain.counter()) {
            return new Order.Broken(LetterFailure.COUNTER_REUSED);
        }
        if (content.counter() > chain.counter() + 1) {
            return new Order.Later(content.counter() - chain.counter() - 1);
        }
        byte[] previous = content.previousLetterHash();
        boolean follows = previous.length > 0 && Digest.ofBytes(previous).equals(chain.letter());
        return follows && !letter.equals(chain.letter())
                ? new Order.Next()
                : new Order.Broken(LetterFailure.PREVIOUS_MISMATCH);
    }
}
