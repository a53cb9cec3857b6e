package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.protocol.frame.ProtocolError;

/// What people see of an attack, and what they are told.
sealed interface Outcome {
    /// Everything is as though nothing had been done.
    record Nothing() implements Outcome {
        @Override
        public void check(Stage stage) throws Exception {
            assertThat(stage.view(stage.bob).heard()).isEqualTo(stage.said());
            for (Person person : List.of(stage.alice, stage.bob)) {
                assertThat(stage.view(person).failed()).isEmpty();
                assertThat(stage.view(person).problems()).isEmpty();
            }
        }
    }

    /// A line of bob's conversation says so.
    ///
    /// @param failure the name for who searches for it
    /// @param words what people read
    record Named(String failure, String words) implements Outcome {
        @Override
        public void check(Stage stage) {
            assertThat(stage.view(stage.bob).failed())
                    .extracting(message -> message.failure().orElseThrow())
                    .anySatisfy(sentence -> assertThat(sentence).contains(words).endsWith("(" + failure + ")"));
        }
    }

    /// Somebody is told.
    ///
    /// @param who it is
    record Told(Function<Stage, Person> who, ProblemKind kind, String words) implements Outcome {
        @Override
        public void check(Stage stage) {
            assertThat(stage.view(who.apply(stage)).problems())
                    .filteredOn(problem -> problem.kind() == kind)
                    .extracting(Event.Problem::sentence)
                    .anySatisfy(sentence -> assertThat(sentence).contains(words));
        }
    }

    /// An honest relay does not take it.
    record Refused(ProtocolError error) implements Outcome {
        @Override
        public void check(Stage stage) {
            assertThat(stage.mallory().refusals()).contains(error);
            assertThat(stage.view(stage.bob).failed()).isEmpty();
            assertThat(stage.view(stage.bob).problems()).isEmpty();
        }
    }

    /// Alice sees that something was not sent, and why.
    record Unsent(String words) implements Outcome {
        @Override
        public void check(Stage stage) {
            assertThat(stage.view(stage.alice).failed())
                    .extracting(message -> message.failure().orElseThrow())
                    .anySatisfy(sentence -> assertThat(sentence).contains(words));
        }
    }

    /// Alice sees that something has not been sent yet.
    record Waits() implements Outcome {
        @Override
        public void check(Stage stage) {
            assertThat(stage.view(stage.alice).messages())
                    .anySatisfy(message -> assertThat(message.state()).isEqualTo(MessageState.QUEUED));
        }
    }

    /// Bob sees a message of this kind, and nothing else is amiss.
    ///
    /// @param what in words
    record Seen(String what, Predicate<Message> message) implements Outcome {
        @Override
        public void check(Stage stage) throws Exception {
            assertThat(stage.bob.messages(stage.party())).as(what).anyMatch(message);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    /// One and the other.
    record Both(Outcome one, Outcome other) implements Outcome {
        @Override
        public void check(Stage stage) throws Exception {
            one.check(stage);
            other.check(stage);
        }
    }

    /// Fails unless it has come so.
    void check(Stage stage) throws Exception;

    /// What must hold whatever anybody does: whatever bob hears has been said, once and in this order; nobody
    /// seals to a device that none of them has; and what is bob's own to decide, or the owner's, nobody else
    /// has decided.
    static void checkAlways(Stage stage) throws Exception {
        List<String> heard = stage.view(stage.bob).heard();
        if (!heard.isEmpty()) {
            assertThat(stage.said()).containsSubsequence(heard);
        }
        assertThat(heard).doesNotHaveDuplicates();
        assertThat(stage.relay().seals().stream().flatMap(seal -> seal.wraps().stream()))
                .allMatch(wrap -> stage.world.people().stream()
                        .anyMatch(person -> person.identity().deviceId().equals(wrap.device())));
        assertThat(stage.bob.store().blocked().all()).isEmpty();
        Optional<String> title = stage.title();
        assertThat(title).isEqualTo(stage.party().isRoom() ? Optional.of(Stage.TITLE) : Optional.empty());
    }
}
