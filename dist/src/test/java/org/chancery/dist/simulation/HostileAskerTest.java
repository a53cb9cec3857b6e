package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.chancery.client.chat.Command;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A member who asks others for everything again, and again.
final class HostileAskerTest {
    private static final int LETTERS = 60;

    @TempDir
    private Path directory;

    @Test
    void fewAnswersWaitForTheRelayAndWhatAPersonSaysComesSoon() throws Exception {
        try (Stage stage = new Stage(Script.ROOM, directory)) {
            stage.meet();
            for (int i = 0; i < LETTERS; i++) {
                stage.alice.ask(new Command.SendText(stage.party(), "line " + i));
            }
            stage.settle();
            MessageReference first = stage.mallory()
                    .line(stage.party().conversation(), "line 0")
                    .reference()
                    .orElseThrow();
            stage.alice.link().outward(frame -> frame instanceof Frame.Publish ? List.of() : List.of(frame));
            stage.mallory()
                    .writes(stage.party(), new Body.Ask(first.device(), first.chain(), first.counter(), LETTERS));
            stage.settle();
            stage.alice.ask(new Command.SendText(stage.party(), "urgent"));

            assertThat(stage.alice.store().outbox().entries()).hasSizeLessThan(10);

            stage.alice.link().outward(List::of);
            stage.alice.link().breakConnection();
            stage.settle();
            assertThat(stage.alice.store().outbox().entries()).isEmpty();
            assertThat(stage.view(stage.bob).heard()).contains("urgent");
        }
    }
}
