package org.chancery.client.ui;

import java.awt.AWTException;
import java.awt.EventQueue;
import java.awt.Graphics2D;
import java.awt.Window;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.swing.JDialog;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.connection.EndReason;
import org.chancery.client.testing.Person;
import org.chancery.pki.name.Address;

/// Paints the window in the states people meet, from the staged [Scene]. Needs a display (Xvfb does);
/// `bin/screenshots` runs it for the picture in the README.
public final class Screenshots {
    private final Path directory;
    private final Person person = new Person(Duration.ofSeconds(20));

    private Screenshots(Path directory) throws AWTException {
        this.directory = directory;
    }

    /// Takes the pictures and ends the program.
    ///
    /// @param args the directory the pictures go to, then the names of those wanted; all without names
    public static void main(String[] args) throws Exception {
        Path directory = Files.createDirectories(Path.of(args[0]));
        List<String> wanted = List.of(args).subList(1, args.length);
        Screenshots screenshots = new Screenshots(directory);
        int exit = 1;
        try {
            for (Shot shot : Shot.values()) {
                if (wanted.isEmpty() || wanted.contains(shot.file())) {
                    screenshots.take(shot);
                }
            }
            exit = 0;
        } finally {
            System.exit(exit); // an open window would keep the program alive
        }
    }

    /// One state of the window.
    enum Shot {
        WINDOW(Theme.LIGHT, 1280),
        DARK(Theme.DARK, 1280),
        NARROW(Theme.LIGHT, 960),
        REVOKED(Theme.LIGHT, 1280),
        EMPTY(Theme.LIGHT, 1280),
        OFFLINE(Theme.DARK, 1280),
        ENDED(Theme.LIGHT, 1280),
        SEARCH(Theme.LIGHT, 1280),
        CERTIFICATE(Theme.LIGHT, 1280),
        PASSPHRASE(Theme.LIGHT, 1280);

        private final Theme theme;
        private final int width;

        Shot(Theme theme, int width) {
            this.theme = theme;
            this.width = width;
        }

        String file() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    private void take(Shot shot) throws Exception {
        StagedMessenger messenger = Scene.staged();
        ChatWindow window = Edt.call(() -> {
            ChatWindow opened = ChatWindow.open(messenger, Scene.CLOCK, shot.theme);
            opened.frame().setSize(shot.width, 800);
            opened.frame().validate();
            return opened;
        });
        settle(window);
        stage(shot, messenger, window);
        settle(window);
        if (shot == Shot.PASSPHRASE || shot == Shot.CERTIFICATE) {
            person.await("a dialog", () -> dialog().isPresent());
        }
        Window shown = on(() -> dialog().orElse(window.frame()));
        BufferedImage image = Edt.call(() -> picture(shown));
        File file = directory.resolve(shot.file() + ".png").toFile();
        ImageIO.write(image, "png", file);
        Edt.call(() -> {
            shown.dispose();
            window.frame().dispose();
            return true;
        });
    }

    private void stage(Shot shot, StagedMessenger messenger, ChatWindow window) throws Exception {
        switch (shot) {
            case WINDOW, DARK, NARROW -> {
                on(() -> {
                    window.model().people().draft(Scene.BOB, "I have put the card reader back, too.");
                    window.model().people().draft(Scene.DAVE, "About the relay in B2");
                    return true;
                });
                open(window, Scene.BOB);
            }
            case REVOKED -> open(window, Scene.MALLORY);
            case EMPTY -> {}
            case OFFLINE -> {
                open(window, Scene.BOB);
                messenger.say(new Event.ConnectionChanged(new ConnectionState.Offline(
                        "the relay does not answer", Optional.of(Scene.NOW.plusSeconds(8)))));
                Scene later = Scene.from(100);
                messenger.say(new Event.MessageStored(later.message(
                        Scene.BOB,
                        Scene.ALICE,
                        "2026-11-23T10:44:40Z",
                        "One more thing: which card reader did you use?",
                        MessageState.QUEUED,
                        Optional.empty())));
                messenger.say(new Event.MessageStored(later.message(
                        Scene.BOB,
                        Scene.ALICE,
                        "2026-11-23T10:44:50Z",
                        "The old one is gone.",
                        MessageState.FAILED,
                        Optional.of("the relay no longer takes letters of yesterday"))));
            }
            case ENDED -> {
                open(window, Scene.BOB);
                messenger.say(new Event.ConnectionChanged(new ConnectionState.Ended(
                        EndReason.REVOKED,
                        "Your certificate has been revoked. Ask your administrator for a new one.")));
                messenger.say(new Event.Problem(
                        ProblemKind.REVOCATION_LIST,
                        "The revocation list of Lab Root is three days old.",
                        Optional.of("Ask your administrator to publish a new one.")));
            }
            case SEARCH -> {
                open(window, Scene.BOB);
                on(() -> {
                    Person.find(window.frame(), SearchField.class, _ -> true).setText("da");
                    window.model().search("da");
                    return true;
                });
                messenger.say(new Event.PeopleFound(
                        "da",
                        List.of(Scene.contact(
                                Scene.address("dana@lab.example"),
                                "Dana Whitfield",
                                true,
                                org.chancery.client.chat.Trust.TRUSTED,
                                1,
                                0))));
            }
            case PASSPHRASE ->
                Thread.startVirtualThread(() -> {
                    try {
                        PassphraseDialog.ask("alice.p12", Optional.of("That was not the passphrase. Try again."));
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                });
            case CERTIFICATE ->
                on(() -> {
                    EventQueue.invokeLater(() -> CertificateDialog.show(
                            window.frame(),
                            window.model().self(),
                            window.model().times()));
                    return true;
                });
        }
    }

    private void open(ChatWindow window, Address with) throws Exception {
        on(() -> {
            window.model().open(with);
            return true;
        });
        settle(window);
    }

    private static <T> T on(Callable<T> act) throws InterruptedException {
        return Edt.call(act);
    }

    /// Until the store has been read on the background thread and what came of it stands in the window.
    private void settle(ChatWindow window) throws Exception {
        person.await(
                "what was said before",
                () -> window.model()
                        .conversation()
                        .filter(ConversationModel::loading)
                        .isEmpty());
    }

    /// The dialog that is open, if one is.
    private static Optional<Window> dialog() {
        return Stream.of(Window.getWindows())
                .filter(window -> window instanceof JDialog && window.isShowing())
                .findFirst();
    }

    private static BufferedImage picture(Window window) throws IOException {
        BufferedImage image = new BufferedImage(window.getWidth(), window.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        window.paint(graphics);
        graphics.dispose();
        return image;
    }
}
