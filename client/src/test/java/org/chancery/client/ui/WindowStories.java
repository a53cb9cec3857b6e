package org.chancery.client.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Component;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.Window;
import java.awt.event.KeyEvent;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JPasswordField;
import javax.swing.JTextField;
import javax.swing.plaf.basic.BasicHTML;
import javax.swing.text.JTextComponent;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.Trust;
import org.chancery.client.store.Party;
import org.chancery.client.testing.Person;
import org.chancery.pki.keystore.Passphrase;

/// Stories a robot lives through with the real window; a program of its own, because it needs a display. Prints `ok
/// STORY` for each that went well, and ends.
public final class WindowStories {
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final Person person;
    private final StagedMessenger messenger = Scene.staged();
    private final ChatWindow window;

    private WindowStories(Person person) throws Exception {
        this.person = person;
        window = Edt.call(() -> {
            ChatWindow opened = ChatWindow.open(messenger, Scene.CLOCK, Theme.LIGHT);
            opened.frame().setLocation(0, 0);
            return opened;
        });
        person.await("people", () -> window.model().people().rows().size() == 4);
    }

    /// What is lived through.
    enum Story {
        TYPES_AND_SENDS,
        BEGINS_A_NEW_LINE_ON_SHIFT_ENTER,
        FINDS_SOMEBODY_BY_KEYBOARD,
        LETS_NOBODY_WRITE_TO_A_REVOKED_CONTACT,
        HIDES_DETAILS_WHEN_NARROW,
        TREATS_MARKUP_AS_TEXT,
        CHANGES_THEME_AS_IT_STANDS,
        NAMES_EVERY_CONTROL,
        ASKS_FOR_A_PASSPHRASE,
        SCROLLS_THROUGH_THOUSANDS,
        REFUSES_OTHER_THREADS;

        String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /// Lives through all stories and ends the program.
    public static void main(String[] args) throws Exception {
        Person person = new Person(PATIENCE);
        for (Story story : Story.values()) {
            try {
                WindowStories stories = new WindowStories(person);
                stories.live(story);
                Edt.call(() -> {
                    stories.window.frame().dispose();
                    return true;
                });
                System.out.println("ok " + story);
            } catch (Exception | AssertionError failed) {
                System.out.println("failed " + story);
                failed.printStackTrace(System.out);
            }
        }
        System.exit(0); // the test judges by what was printed
    }

    private void live(Story story) throws Exception {
        switch (story) {
            case TYPES_AND_SENDS -> typesAndSends();
            case BEGINS_A_NEW_LINE_ON_SHIFT_ENTER -> newLine();
            case FINDS_SOMEBODY_BY_KEYBOARD -> finds();
            case LETS_NOBODY_WRITE_TO_A_REVOKED_CONTACT -> revoked();
            case HIDES_DETAILS_WHEN_NARROW -> narrow();
            case TREATS_MARKUP_AS_TEXT -> markup();
            case CHANGES_THEME_AS_IT_STANDS -> theme();
            case NAMES_EVERY_CONTROL -> names();
            case ASKS_FOR_A_PASSPHRASE -> passphrase();
            case SCROLLS_THROUGH_THOUSANDS -> scrolls();
            case REFUSES_OTHER_THREADS ->
                assertThatThrownBy(() -> Theme.DARK.install()).isInstanceOf(IllegalStateException.class);
        }
    }

    private void typesAndSends() throws Exception {
        openBob();
        person.click(field());
        int before = count(list(), Tone.MINE);
        person.type("hello bob");
        person.await("typed", () -> field().getText().equals("hello bob"));
        person.press(KeyEvent.VK_ENTER);
        assertThat(messenger.nextCommand())
                .contains(new Command.SendText(Party.person(Scene.ALICE, Scene.BOB), "hello bob"));
        person.await("emptied", () -> field().getText().isEmpty());

        Message queued = said(MessageState.QUEUED);
        messenger.say(new Event.MessageStored(queued));
        person.await("bubble", () -> count(list(), Tone.MINE) > before + 2000);
        assertThat(lastWords()).isEqualTo("You, 10:44: hello bob, waiting to be sent");
        messenger.say(new Event.MessageChanged(said(MessageState.PUBLISHED)));
        person.await("sent", () -> lastWords().endsWith("sent: the relay keeps it for them"));
    }

    private void newLine() throws Exception {
        openBob();
        person.click(field());
        person.type("a");
        person.press(KeyEvent.VK_SHIFT, KeyEvent.VK_ENTER);
        person.type("b");
        person.await("two lines", () -> field().getText().equals("a\nb"));
        assertThat(messenger.commands()).isEmpty();
    }

    private void finds() throws Exception {
        person.click(find(JTextField.class, _ -> true));
        person.type("dav");
        person.await("found", () -> window.model().people().rows().size() == 1);
        person.press(KeyEvent.VK_ENTER);
        person.await(
                "opened",
                () -> window.model()
                        .conversation()
                        .filter(shown -> shown.contact().address().equals(Scene.DAVE))
                        .isPresent());
        person.await("search over", () -> !window.model().people().searching());
        person.await("ready to write", () -> field().isFocusOwner());
    }

    private void revoked() throws Exception {
        openBob();
        assertThat(on(() -> field().isEnabled())).isTrue();
        messenger.say(
                new Event.ContactsChanged(List.of(Scene.contact(Scene.BOB, "Bob Keller", false, Trust.REVOKED, 0, 0))));
        person.await("closed", () -> !field().isEnabled());
        assertThat(on(() -> field().getAccessibleContext().getAccessibleName()))
                .isEqualTo("The certificate of Bob is revoked: nothing can be sent");
        assertThat(on(this::lastWords)).isEqualTo("The certificate of Bob Keller is revoked.");
    }

    private void narrow() throws Exception {
        openBob();
        Component details = find(
                Pane.class, pane -> "Details".equals(pane.getAccessibleContext().getAccessibleName()));
        person.await("shown", details::isShowing);
        resize(1000);
        person.await("hidden", () -> !details.isShowing());
        person.click(find(MarkButton.class, button -> "Details of this contact".equals(button.getToolTipText())));
        person.await("asked for", details::isShowing);
        resize(1280);
        person.await("shown again", details::isShowing);
    }

    private void markup() throws Exception {
        String name = "<html><b>Bob";
        messenger.say(new Event.ContactsChanged(List.of(Scene.contact(Scene.BOB, name, true, Trust.TRUSTED, 1, 0))));
        openBob();
        Words shown = find(Words.class, words -> words.getText().equals(name));
        assertThat(on(() -> Optional.ofNullable(shown.getClientProperty(BasicHTML.propertyKey))))
                .isEmpty();
    }

    private void theme() throws Exception {
        openBob();
        person.await("light", () -> count(list(), new Color(0xffffff)) > 50_000);
        on(() -> {
            Theme.DARK.install();
            return true;
        });
        person.await("dark", () -> count(list(), new Color(0x14181c)) > 50_000);
        assertThat(count(list(), new Color(0xffffff))).isLessThan(100);
    }

    private void names() throws Exception {
        openBob();
        List<String> nameless = new ArrayList<>();
        on(() -> {
            Person.all(window.frame()).filter(WindowStories::control).forEach(control -> {
                String name = control.getAccessibleContext().getAccessibleName();
                if (name == null || name.isBlank()) {
                    nameless.add(control.toString());
                }
            });
            return true;
        });
        assertThat(nameless).isEmpty();
        assertThat(on(() -> Person.all(window.frame())
                        .filter(WindowStories::control)
                        .count()))
                .isGreaterThan(5);
    }

    private static boolean control(Component component) {
        return component.isShowing()
                && component.isFocusable()
                && (component instanceof AbstractButton
                        || component instanceof JTextComponent
                        || component instanceof ContactList
                        || component instanceof MessageList);
    }

    private void passphrase() throws Exception {
        FutureTask<Optional<Passphrase>> asking =
                new FutureTask<>(() -> PassphraseDialog.ask("alice.p12", Optional.empty()));
        Thread.startVirtualThread(asking);
        person.await("dialog", () -> passphraseField().isPresent());
        person.click(passphraseField().orElseThrow());
        person.type("secret");
        person.press(KeyEvent.VK_ENTER);
        try (Passphrase given =
                asking.get(PATIENCE.toSeconds(), TimeUnit.SECONDS).orElseThrow()) {
            assertThat(given.exposedCharacters()).isEqualTo("secret".toCharArray());
        }
    }

    private static Optional<JPasswordField> passphraseField() {
        return Stream.of(Window.getWindows())
                .filter(Window::isShowing)
                .flatMap(Person::all)
                .filter(JPasswordField.class::isInstance)
                .map(JPasswordField.class::cast)
                .findFirst();
    }

    private void scrolls() throws Exception {
        Scene scene = Scene.from(1000);
        List<Message> said = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            String at =
                    Instant.parse("2026-11-01T00:00:00Z").plusSeconds(300L * i).toString();
            String text = "Message " + i + ". " + "The quick brown fox jumps over the lazy dog. ".repeat(i % 7);
            said.add(i % 3 == 0 ? scene.sent(Scene.CAROL, at, text) : scene.said(Scene.CAROL, Scene.CAROL, at, text));
        }
        messenger.with(Scene.contact(Scene.CAROL, "Carol Ruiz", true, Trust.TRUSTED, 1, 0), said);
        on(() -> {
            window.model().open(Scene.CAROL);
            return true;
        });
        person.await(
                "the newest",
                () -> lastWords().startsWith("Carol Ruiz") && lastWords().contains("Message 4999."));
        MessageScroll scroll = find(MessageScroll.class, _ -> true);
        for (int turn = 0; !on(() -> window.model().conversation().orElseThrow().complete()); turn++) {
            assertThat(turn).as("times the beginning was reached").isLessThan(10);
            int lines = on(() -> list().lines().size());
            on(() -> {
                scroll.getVerticalScrollBar().setValue(0);
                return true;
            });
            person.await("more", () -> list().lines().size() > lines);
            assertThat(on(() -> scroll.getViewport().getViewPosition().y))
                    .as("the reader keeps the place")
                    .isPositive();
        }
        assertThat(on(() -> list().lines().stream()
                        .filter(Line.Bubble.class::isInstance)
                        .count()))
                .isEqualTo(5003);
        long begun = System.nanoTime();
        for (int i = 0; i < 50; i++) {
            int place = i;
            on(() -> {
                scroll.getVerticalScrollBar().setValue(place * 2000);
                list().paintImmediately(list().getVisibleRect());
                return true;
            });
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).as("50 pages").isLessThan(Duration.ofSeconds(5));
    }

    private void openBob() throws Exception {
        on(() -> {
            window.model().open(Scene.BOB);
            return true;
        });
        assertThat(messenger.nextCommand())
                .contains(new Command.OpenConversation(Party.person(Scene.ALICE, Scene.BOB)));
        if (messenger.messages(Party.person(Scene.ALICE, Scene.BOB), 1).size() == 1) {
            person.await(
                    "conversation",
                    () -> !window.model().conversation().orElseThrow().loading());
        }
    }

    private static Message said(MessageState state) {
        return Scene.from(100)
                .message(Scene.BOB, Scene.ALICE, "2026-11-23T10:44:50Z", "hello bob", state, Optional.empty());
    }

    private String lastWords() {
        return list().lines().isEmpty() ? "" : list().lines().getLast().spoken();
    }

    private MessageField field() {
        return find(MessageField.class, _ -> true);
    }

    private MessageList list() {
        return find(MessageList.class, _ -> true);
    }

    private void resize(int width) throws InterruptedException {
        on(() -> {
            window.frame().setSize(width, 800);
            window.frame().validate();
            return true;
        });
    }

    /// How many pixels of a component have exactly that colour on the screen.
    private int count(Component component, Color colour) {
        Point corner = component.getParent().getLocationOnScreen();
        Rectangle area = new Rectangle(corner, component.getParent().getSize());
        BufferedImage image = person.robot().createScreenCapture(area);
        int count = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                count += image.getRGB(x, y) == colour.getRGB() ? 1 : 0;
            }
        }
        return count;
    }

    private int count(Component component, Tone tone) throws InterruptedException {
        Color colour = on(tone::color);
        return count(component, colour);
    }

    private <T extends Component> T find(Class<T> type, Predicate<T> wanted) {
        return Person.find(window.frame(), type, wanted);
    }

    private static <T> T on(Callable<T> act) throws InterruptedException {
        return Edt.call(act);
    }
}
