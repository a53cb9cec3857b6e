package org.chancery.dist;

import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.function.Predicate;
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

/// Two people at their windows: what they see is read as a screen reader does, what they do is done by a robot. A
/// program of its own, because it needs a display. Prints `arrived` at the end.
public final class TwoWindows {
    static final int WIDTH = 1280;
    static final int HEIGHT = 800;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Robot robot;
    private final String relay;

    private TwoWindows(Robot robot, String relay) {
        this.robot = robot;
        this.relay = relay;
    }

    /// Lives through the story.
    ///
    /// @param args the relay's address, and where the picture goes
    public static void main(String[] args) throws Exception {
        Robot robot = new Robot();
        robot.setAutoDelay(5);
        TwoWindows two = new TwoWindows(robot, args[0]);
        Frame alice = two.open("alice", 0);
        Frame bob = two.open("bob", WIDTH);

        two.click(find(alice, JTextField.class));
        two.type("bob");
        two.await("bob is found", () -> hears(find(alice, JList.class), "bob"));
        two.press(KeyEvent.VK_ENTER);
        two.await("alice may write", () -> field(alice).isFocusOwner());
        two.type("good morning bob");
        two.press(KeyEvent.VK_ENTER);

        two.await("bob is told", () -> hears(find(bob, JList.class), "good morning bob"));
        two.click(find(bob, JList.class));
        two.await("bob may write", () -> field(bob).isEnabled());
        two.click(field(bob));
        two.type("good morning alice");
        two.press(KeyEvent.VK_ENTER);
        two.await("alice reads it", () -> hears(find(alice, JList.class), "good morning alice"));
        two.await("and her own is sent", () -> hears(alice, "good morning bob, sent"));

        File picture = Path.of(args[1]).toFile();
        ImageIO.write(robot.createScreenCapture(new Rectangle(2 * WIDTH, HEIGHT)), "png", picture);
        System.out.println("arrived");
        System.exit(0);
    }

    /// A person's window, as the command opens it.
    private Frame open(String person, int x) throws Exception {
        List<Frame> before = List.of(Frame.getFrames());
        Thread.ofPlatform()
                .name(person)
                .daemon()
                .start(() ->
                        ClientCommand.main(new String[] {"gui", "--keystore", person + ".p12", "--server", relay}));
        await(person + "'s window", () -> opened(before).isPresent());
        Frame frame = on(() -> opened(before).orElseThrow());
        on(() -> {
            frame.setBounds(x, 0, WIDTH, HEIGHT);
            frame.validate();
            return true;
        });
        await(person + " is connected", () -> hears(frame, "Connected to"));
        return frame;
    }

    private static Optional<Frame> opened(List<Frame> before) {
        return Stream.of(Frame.getFrames())
                .filter(frame -> frame.isShowing() && !before.contains(frame))
                .findFirst();
    }

    private void click(Component component) throws Exception {
        await("a place to click at", component::isShowing);
        Rectangle place = on(() -> new Rectangle(component.getLocationOnScreen(), component.getSize()));
        robot.waitForIdle();
        // Near the top: the first line of a list, whatever its length.
        robot.mouseMove(place.x + place.width / 2, place.y + Math.min(place.height / 2, 24));
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        if (component instanceof JTextComponent) {
            await("the focus", component::isFocusOwner);
        }
    }

    private void type(String text) {
        text.chars().forEach(letter -> press(KeyEvent.getExtendedKeyCodeForChar(letter)));
    }

    private void press(int key) {
        robot.keyPress(key);
        robot.keyRelease(key);
    }

    private void await(String what, Callable<Boolean> condition) throws Exception {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!on(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("waited in vain until " + what);
            }
            robot.waitForIdle();
        }
    }

    private static <T> T on(Callable<T> act) throws Exception {
        FutureTask<T> task = new FutureTask<>(act);
        EventQueue.invokeAndWait(task);
        return task.get();
    }

    /// Where a message is written; other text areas are there to be read.
    private static JTextArea field(Frame frame) {
        return find(frame, JTextArea.class, JTextArea::isEditable);
    }

    private static <T extends Component> T find(Container within, Class<T> type) {
        return find(within, type, _ -> true);
    }

    private static <T extends Component> T find(Container within, Class<T> type, Predicate<T> wanted) {
        return all(within)
                .filter(type::isInstance)
                .map(type::cast)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName()));
    }

    private static Stream<Component> all(Component component) {
        Stream<Component> self = Stream.of(component);
        return component instanceof Container container
                ? Stream.concat(self, Stream.of(container.getComponents()).flatMap(TwoWindows::all))
                : self;
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
