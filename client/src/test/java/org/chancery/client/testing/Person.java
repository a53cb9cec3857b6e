package org.chancery.client.testing;

import java.awt.AWTEvent;
import java.awt.AWTException;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Rectangle;
import java.awt.Robot;
import java.awt.Toolkit;
import java.awt.event.InputEvent;
import java.awt.event.KeyEvent;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.swing.text.JTextComponent;

/// Somebody who sits at the windows of this program: points, clicks, types, and waits until what they should see is
/// there.
///
/// Waiting is looking again after each event that the windows have handled. It is not [Robot#waitForIdle()]: that waits
/// ten seconds for a silence which a blinking caret and a ticking clock never let come.
public final class Person {
    private final Robot robot = new Robot();
    private final Eyes eyes = new Eyes();
    private final Duration patience;

    /// @param patience how long one thing is waited for
    public Person(Duration patience) throws AWTException {
        this.patience = patience;
        robot.setAutoDelay(2);
        Toolkit.getDefaultToolkit().getSystemEventQueue().push(eyes);
    }

    /// Waits until the event thread sees `condition` hold.
    ///
    /// @throws AssertionError when patience has run out
    public void await(String what, Callable<Boolean> condition) throws Exception {
        Awaited awaited = new Awaited(condition, new CompletableFuture<>());
        eyes.awaited.add(awaited);
        EventQueue.invokeLater(() -> {}); // what holds already is seen after this event
        try {
            awaited.seen.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            throw new AssertionError("waited in vain for: " + what, late);
        } finally {
            eyes.awaited.remove(awaited);
        }
    }

    /// Clicks in the middle of a component.
    public void click(Container component) throws Exception {
        click(component, Integer.MAX_VALUE);
    }

    /// Clicks on the first line of a component, whatever its length.
    public void clickTop(Container component) throws Exception {
        click(component, 24);
    }

    private void click(Container component, int depthPixels) throws Exception {
        await("a component to click", component::isShowing);
        await("the pointer over a component", () -> {
            Rectangle place = new Rectangle(component.getLocationOnScreen(), component.getSize());
            robot.mouseMove(place.x + place.width / 2, place.y + Math.min(place.height / 2, depthPixels));
            return component.getMousePosition(true) != null;
        });
        robot.mousePress(InputEvent.BUTTON1_DOWN_MASK);
        robot.mouseRelease(InputEvent.BUTTON1_DOWN_MASK);
        if (component instanceof JTextComponent) {
            await("the focus", component::isFocusOwner);
        }
    }

    /// Types letters, digits and blanks.
    public void type(String text) {
        text.chars().forEach(letter -> press(KeyEvent.getExtendedKeyCodeForChar(letter)));
    }

    /// Presses one key.
    public void press(int key) {
        robot.keyPress(key);
        robot.keyRelease(key);
    }

    /// Presses one key while another is held.
    public void press(int held, int key) {
        robot.keyPress(held);
        press(key);
        robot.keyRelease(held);
    }

    /// What moves, types and looks at the screen.
    public Robot robot() {
        return robot;
    }

    /// The first component of that type within, itself included.
    ///
    /// @throws AssertionError if there is none
    public static <T extends Component> T find(Component within, Class<T> type, Predicate<T> wanted) {
        return all(within)
                .filter(type::isInstance)
                .map(type::cast)
                .filter(wanted)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + type.getSimpleName()));
    }

    /// The component and everything in it, outermost first.
    public static Stream<Component> all(Component component) {
        Stream<Component> self = Stream.of(component);
        return component instanceof Container container
                ? Stream.concat(self, Stream.of(container.getComponents()).flatMap(Person::all))
                : self;
    }

    private record Awaited(Callable<Boolean> condition, CompletableFuture<Boolean> seen) {}

    /// Looks at everything awaited after each event.
    private static final class Eyes extends EventQueue {
        private final Queue<Awaited> awaited = new ConcurrentLinkedQueue<>();

        @Override
        protected void dispatchEvent(AWTEvent event) {
            super.dispatchEvent(event);
            awaited.forEach(Eyes::look);
        }

        private static void look(Awaited awaited) {
            try {
                if (awaited.condition.call()) {
                    awaited.seen.complete(true);
                }
            } catch (Exception | AssertionError broken) {
                awaited.seen.completeExceptionally(broken);
            }
        }
    }
}
