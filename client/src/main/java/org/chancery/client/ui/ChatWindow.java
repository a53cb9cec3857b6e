package org.chancery.client.ui;

import java.awt.AWTError;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.GraphicsEnvironment;
import java.awt.HeadlessException;
import java.awt.event.ComponentAdapter;
import java.awt.event.ComponentEvent;
import java.awt.event.KeyEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.time.Clock;
import java.time.LocalDate;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.KeyStroke;
import javax.swing.Timer;
import javax.swing.WindowConstants;
import org.chancery.client.engine.Engine;

/// The messenger's window: people at the left, the conversation in the middle, details of the contact at the right
/// where there is room.
public final class ChatWindow {
    /// Narrower than this the details give way, unless somebody asks for them.
    static final int DETAILS_FROM = 1100;

    private static final Dimension FIRST_SIZE = new Dimension(1280, 800);
    private static final Dimension SMALLEST = new Dimension(840, 520);

    private final CountDownLatch closed = new CountDownLatch(1);
    private final ExecutorService background;
    private final ChatModel model;
    private final JFrame frame = new JFrame("Chancery");
    private final PeoplePane people;
    private final ConversationPanel conversation;
    private final DetailsPane details;
    private final Timer second = new Timer(1000, _ -> tick());
    private boolean wide = true;
    private boolean detailsWanted = true;
    private LocalDate today;

    ChatWindow(Messenger messenger, Clock clock, Theme theme) {
        Edt.require();
        Times times = new Times(clock);
        background = Executors.newSingleThreadExecutor(
                Thread.ofVirtual().name("window-background").factory());
        model = new ChatModel(messenger, times, background, EventQueue::invokeLater);
        today = times.day(times.now());
        WindowMenu menu = new WindowMenu(theme, () -> CertificateDialog.show(frame, model.self(), times));
        people = new PeoplePane(model, menu);
        conversation = new ConversationPanel(model, this::toggleDetails);
        details = new DetailsPane(times, model.self());
        model.onChange(this::changed);
        assemble();
    }

    /// Whether there is a display to open a window on.
    public static boolean possible() {
        try {
            return !GraphicsEnvironment.isHeadless()
                    && GraphicsEnvironment.getLocalGraphicsEnvironment().getScreenDevices().length > 0;
        } catch (AWTError | HeadlessException e) {
            return false; // DISPLAY names one that does not answer
        }
    }

    /// Opens the window on `engine`, started or about to be, and returns once it is shown. The engine stays the
    /// caller's, who closes it after [#awaitClosed()].
    ///
    /// @param clock tells the time of day, in the zone in which people are told it
    /// @throws InterruptedException when the calling thread is interrupted
    public static ChatWindow open(Engine engine, Clock clock) throws InterruptedException {
        return Edt.call(() -> open(new EngineMessenger(engine), clock, Theme.configured()));
    }

    /// Waits until the person has closed the window. Not for the event thread.
    ///
    /// @throws InterruptedException when the calling thread is interrupted, which closes the window
    public void awaitClosed() throws InterruptedException {
        try {
            closed.await();
        } finally {
            EventQueue.invokeLater(frame::dispose);
        }
    }

    static ChatWindow open(Messenger messenger, Clock clock, Theme theme) {
        theme.install();
        ChatWindow window = new ChatWindow(messenger, clock, theme);
        window.frame.setVisible(true);
        window.people.focusList();
        window.second.start();
        window.listen();
        return window;
    }

    ChatModel model() {
        return model;
    }

    JFrame frame() {
        return frame;
    }

    private void listen() {
        Engine.Subscription subscription = model.start();
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                subscription.close();
                second.stop();
                background.shutdown();
                closed.countDown();
            }
        });
    }

    private void assemble() {
        frame.setIconImages(SealSign.icons());
        frame.setLayout(new BorderLayout());
        frame.add(people.component(), BorderLayout.WEST);
        frame.add(conversation.component(), BorderLayout.CENTER);
        frame.add(details.component(), BorderLayout.EAST);
        frame.setSize(FIRST_SIZE);
        frame.setMinimumSize(SMALLEST);
        frame.setLocationByPlatform(true);
        frame.setDefaultCloseOperation(WindowConstants.DISPOSE_ON_CLOSE);
        frame.getRootPane()
                .registerKeyboardAction(
                        _ -> people.focusSearch(),
                        KeyStroke.getKeyStroke(KeyEvent.VK_K, frame.getToolkit().getMenuShortcutKeyMaskEx()),
                        JComponent.WHEN_IN_FOCUSED_WINDOW);
        frame.addComponentListener(new ComponentAdapter() {
            @Override
            public void componentResized(ComponentEvent event) {
                resized();
            }
        });
        frame.addWindowFocusListener(new WindowAdapter() {
            @Override
            public void windowGainedFocus(WindowEvent event) {
                model.watched(true);
            }

            @Override
            public void windowLostFocus(WindowEvent event) {
                model.watched(false);
            }
        });
        showDetails();
    }

    private void changed(Change change) {
        switch (change) {
            case PEOPLE -> {
                people.people();
                title();
            }
            case SELECTION -> {
                conversation.selection();
                people.people();
                showDetails();
                title();
            }
            case LINES -> conversation.lines();
            case CONTACT -> {
                conversation.contact();
                showDetails();
            }
            case CONNECTION -> people.connection();
            case PROBLEM -> conversation.problem();
        }
    }

    private void title() {
        int unread = model.people().unread();
        String who = model.conversation()
                .map(shown -> shown.contact().displayName() + " · Chancery")
                .orElse("Chancery");
        frame.setTitle(unread == 0 ? who : "(" + unread + ") " + who);
    }

    private void resized() {
        boolean now = frame.getWidth() >= DETAILS_FROM;
        if (now != wide) {
            wide = now;
            detailsWanted = now;
            showDetails();
        }
    }

    private void toggleDetails() {
        detailsWanted = !detailsWanted;
        showDetails();
    }

    private void showDetails() {
        model.conversation().ifPresent(shown -> details.show(shown.contact()));
        details.component().setVisible(detailsWanted && model.conversation().isPresent());
        frame.revalidate();
    }

    /// What is said of the time until a retry, and of today and yesterday, stays true.
    private void tick() {
        people.connection();
        LocalDate now = model.times().day(model.times().now());
        if (!now.equals(today)) {
            today = now;
            people.people();
            conversation.lines();
        }
    }
}
