package org.chancery.dist.simulation;

import java.util.List;
import org.chancery.client.chat.Command;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// What happens while somebody attacks, or does not.
enum Script {
    /// Alice says three things to bob.
    TALK(false) {
        @Override
        void play(Stage stage) throws Exception {
            stage.talk();
            stage.aliceSays("one");
            stage.aliceSays("two");
            stage.aliceSays("three");
        }
    },
    /// The same, with a week between, after which everybody receives with another key.
    WEEKS(false) {
        @Override
        void play(Stage stage) throws Exception {
            stage.talk();
            stage.aliceSays("one");
            stage.weekPasses();
            stage.aliceSays("two");
            stage.aliceSays("three");
        }
    },
    /// Alice and mallory talk in a room, and bob reads.
    ROOM(true) {
        @Override
        void play(Stage stage) throws Exception {
            stage.meet();
            stage.aliceSays("one");
            stage.mallorySays("two");
            stage.aliceSays("three");
            stage.mallorySays("four");
        }
    },
    /// Somebody is removed from a room.
    REMOVAL(true) {
        @Override
        void play(Stage stage) throws Exception {
            stage.meet();
            stage.aliceSays("one");
            stage.alice.ask(new Command.ChangeRoom(
                    stage.party().conversation(), new Act.Remove(stage.mallory().address())));
            stage.settle();
            stage.aliceSays("two");
        }
    },
    /// Bob has missed something, and mallory hands it on.
    HANDING_ON(true) {
        @Override
        void play(Stage stage) throws Exception {
            stage.meet();
            stage.aliceSays("one");
            stage.bob.link().inward(frame -> frame instanceof Frame.Deliver ? List.of() : List.of(frame));
            stage.aliceSays("two");
            stage.bob.link().inward(List::of);
            stage.aliceSays("three");
            var missed =
                    stage.mallory().line(stage.party().conversation(), "two").line();
            stage.malloryHandsOn(new Body.Resend(
                    stage.mallory().evidence(stage.party().conversation(), "two"),
                    missed.receivedAt().orElseThrow(),
                    missed.sequence().orElseThrow()));
        }
    };

    private final boolean withMallory;

    Script(boolean withMallory) {
        this.withMallory = withMallory;
    }

    boolean withMallory() {
        return withMallory;
    }

    abstract void play(Stage stage) throws Exception;
}
