package org.chancery.dist.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.testing.VectorFile;
import org.chancery.pki.testing.VectorFile.Case;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/vectors/story.txt` and `refused.txt`: what a client makes of what a relay brings it, held against the
/// messenger.
final class StoryVectorsTest {
    @Test
    void everythingIsTakenAsItSays(@TempDir Path directory) throws Exception {
        if (VectorFile.writes() && !Files.exists(VectorFile.path("story.txt"))) {
            new StoryTeller().tell();
        }
        List<Case> story = VectorFile.read("story.txt");
        List<Case> answers = story.stream().filter(it -> it.has("directory")).toList();
        List<Case> steps = new ArrayList<>(story.subList(1 + answers.size(), story.size()));
        steps.addAll(VectorFile.read("refused.txt"));
        List<String> said = new ArrayList<>();
        List<String> came = new ArrayList<>();
        try (StoryReader reader = new StoryReader(story.getFirst(), answers, directory)) {
            for (Case step : steps) {
                if (step.has("record")) {
                    reader.show(step.octets("record"));
                } else {
                    said.add(step.text("what") + ": " + step.text("outcome"));
                    came.add(step.text("what") + ": " + reader.read(step.octets("frame")));
                }
            }
        }
        assertThat(came).isEqualTo(said);
    }
}
