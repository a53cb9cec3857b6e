package org.chancery.client.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// The real window on a display of its own: a robot lives through stories, and every state has its picture taken.
class WindowTest {
    private static final Path PICTURES = Path.of("target", "screenshots");

    @TempDir
    private static Path directory;

    private static @Nullable Display display;

    @BeforeAll
    static void openDisplay() throws IOException {
        assumeTrue(Display.possible(), "the window is not driven: /usr/bin/Xvfb is missing");
        display = Display.open();
    }

    @AfterAll
    static void closeDisplay() {
        if (display != null) {
            display.close();
        }
    }

    @TestFactory
    Stream<DynamicTest> livesThrough() throws Exception {
        String told = display().run(directory.resolve("stories.log"), WindowStories.class);
        List<String> lines = told.lines().toList();
        return Stream.of(WindowStories.Story.values())
                .map(story -> DynamicTest.dynamicTest(
                        story.words(), () -> assertThat(lines).as(told).contains("ok " + story)));
    }

    @Test
    void paintsEveryState() throws Exception {
        display().run(directory.resolve("pictures.log"), Screenshots.class, PICTURES.toString());
        for (Screenshots.Shot shot : Screenshots.Shot.values()) {
            Path file = PICTURES.resolve(shot.file() + ".png");
            assertThat(Files.exists(file)).as(file.toString()).isTrue();
            assertThat(colours(ImageIO.read(file.toFile())))
                    .as("colours of %s", file)
                    .isGreaterThan(40);
        }
    }

    private static Display display() {
        return Objects.requireNonNull(display);
    }

    private static long colours(BufferedImage image) {
        return Stream.iterate(0, y -> y < image.getHeight(), y -> y + 1)
                .flatMap(y ->
                        Stream.iterate(0, x -> x < image.getWidth(), x -> x + 1).map(x -> image.getRGB(x, y)))
                .distinct()
                .count();
    }
}
