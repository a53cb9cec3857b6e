package org.chancery.dist;

import java.awt.AWTException;
import java.awt.Component;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Rectangle;
import java.awt.event.KeyEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.accessibility.Accessible;
import javax.accessibility.AccessibleContext;
import javax.imageio.ImageIO;
import javax.swing.JList;
import javax.swing.JTextArea;
import javax.swing.JTextField;
import javax.swing.text.JTextComponent;
import org.chancery.client.command.ClientCommand;
import org.chancery.client.testing.Person;

/// Two people at their windows: what they see is read as a screen reader does, what they do is done by a robot. A
/// program of its own, because it needs a display. Prints `arrived` at the end.
public final class TwoWindows {
    static final int WIDTH = 1280;
    static final int HEIGHT = 800;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Person person = new Person(PATIENCE);
    private final String relay;

    private TwoWindows(String relay) throws AWTException {
        this.relay = relay;
    }

    /// Lives through the story.
    ///
    /// @param args the relay's address, and where the picture goes
    public static void main(String[] args) throws Exception {
        new TwoWindows(args[0]).live(Path.of(args[1]));
        System.exit(0);
    }

    private void live(Path picture) throws Exception {
        Frame alice = open("alice", 0);
        Frame bob = open("bob", WIDTH);

        person.click(find(alice, JTextField.class));
        person.type("bob");
        person.await("bob is found", () -> hears(find(alice, JList.class), "bob"));
        person.press(KeyEvent.VK_ENTER);
        person.await("alice may write", () -> field(alice).isFocusOwner());
        person.type("good morning bob");
        person.press(KeyEvent.VK_ENTER);

        person.await("bob is told", () -> hears(find(bob, JList.class), "good morning bob"));
        person.clickTop(find(bob, JList.class));
        person.await("bob may write", () -> field(bob).isEnabled());
        person.click(field(bob));
        person.type("good morning alice");
        person.press(KeyEvent.VK_ENTER);
        person.await("alice reads it", () -> hears(find(alice, JList.class), "good morning alice"));
        person.await("and her own is sent", () -> hears(alice, "good morning bob, sent"));

        ImageIO.write(person.robot().createScreenCapture(new Rectangle(2 * WIDTH, HEIGHT)), "png", picture.toFile());
        System.out.println("arrived");
    }

    /// A person's window, as the command opens it.
    private Frame open(String name, int x) throws Exception {
        List<Frame> before = List.of(Frame.getFrames());
        Thread.ofPlatform()
                .name(name)
                .daemon()
                .start(() -> ClientCommand.main(new String[] {"gui", "--keystore", name + ".p12", "--server", relay}));
        person.await(name + "'s window", () -> opened(before).isPresent());
        Frame frame = on(() -> opened(before).orElseThrow());
        on(() -> {
            frame.setBounds(x, 0, WIDTH, HEIGHT);
            frame.validate();
            return true;
        });
        // A new window takes the focus, but not at once: whoever clicks elsewhere before would lose it again.
        person.await(name + "'s window has the focus", frame::isFocused);
        person.await(name + " is connected", () -> hears(frame, "Connected to"));
        return frame;
    }

    private static Optional<Frame> opened(List<Frame> before) {
        return Stream.of(Frame.getFrames())
                .filter(frame -> frame.isShowing() && !before.contains(frame))
                .findFirst();
    }

    private static <T> T on(Callable<T> act) throws Exception {
        FutureTask<T> task = new FutureTask<>(act);
        EventQueue.invokeAndWait(task);
        return task.get();
    }

    /// Where a message is written; other text areas are there to be read.
    private static JTextArea field(Frame frame) {
        return Person.find(frame, JTextArea.class, JTextArea::isEditable);
    }

    private static <T extends Component> T find(Component within, Class<T> type) {
        return Person.find(within, type, _ -> true);
    }

    /// Whether somebody who hears this read aloud hears these words.
    private static boolean hears(Component component, String words) {
        return component instanceof Accessible accessible && spoken(accessible).anyMatch(text -> text.contains(words));
    }

    /// Names, and what stands in text components.
    private static Stream<String> spoken(Accessible accessible) {
        AccessibleContext context = accessible.getAccessibleContext();
        Stream<String> own = Stream.concat(
                Stream.ofNullable(context.getAccessibleName()),
                accessible instanceof JTextComponent text ? Stream.of(text.getText()) : Stream.of());
        return Stream.concat(
                own,
                IntStream.range(0, context.getAccessibleChildrenCount())
                        .mapToObj(context::getAccessibleChild)
                        .flatMap(TwoWindows::spoken));
    }
}
