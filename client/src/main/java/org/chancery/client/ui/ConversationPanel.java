package org.chancery.client.ui;

import java.awt.BorderLayout;
import java.awt.CardLayout;
import javax.swing.JComponent;
import net.miginfocom.swing.MigLayout;
import org.chancery.client.chat.Contact;

/// The middle pane: whom the conversation is with, what has been said, what to say; or an invitation to choose
/// somebody.
final class ConversationPanel {
    private static final String CONVERSATION = "conversation";
    private static final String NOBODY = "nobody";

    private final ChatModel model;
    private final CardLayout cards = new CardLayout();
    private final Pane pane = new Pane(Tone.GROUND, new BorderLayout());
    private final Pane stage = new Pane(Tone.GROUND, cards);
    private final Banner banner;
    private final ConversationHead head;
    private final MessageScroll messages;
    private final Composer composer;

    /// @param details shows or hides the pane with the details
    ConversationPanel(ChatModel model, Runnable details) {
        Edt.require();
        this.model = model;
        this.banner = new Banner(model::dismissProblem);
        this.head = new ConversationHead(details);
        this.messages = new MessageScroll(new MessageList(), model::earlier);
        this.composer = new Composer(model::send, model::draft);
        Pane conversation = new Pane(Tone.GROUND, new BorderLayout());
        conversation.add(head.component(), BorderLayout.NORTH);
        conversation.add(messages, BorderLayout.CENTER);
        conversation.add(composer.component(), BorderLayout.SOUTH);
        stage.add(nobody(), NOBODY);
        stage.add(conversation, CONVERSATION);
        pane.add(banner.component(), BorderLayout.NORTH);
        pane.add(stage, BorderLayout.CENTER);
    }

    JComponent component() {
        return pane;
    }

    /// Another conversation is to be shown.
    void selection() {
        Edt.require();
        model.conversation().ifPresent(conversation -> {
            cards.show(stage, CONVERSATION);
            composer.draft(model.people().draft(conversation.contact().address()));
            contact();
            lines(true);
            if (model.composing().open()) {
                composer.focus();
            }
        });
    }

    void lines() {
        lines(false);
    }

    void contact() {
        Edt.require();
        model.conversation().ifPresent(conversation -> {
            Contact contact = conversation.contact();
            head.show(contact, TrustLine.of(contact, model.times()));
            composer.show(model.composing());
        });
    }

    void problem() {
        Edt.require();
        model.problem().ifPresentOrElse(banner::show, banner::hide);
        pane.revalidate();
    }

    private void lines(boolean fresh) {
        Edt.require();
        model.conversation()
                .ifPresent(conversation ->
                        messages.show(conversation.lines(), Portrait.of(conversation.contact()), fresh));
    }

    private static JComponent nobody() {
        Pane nobody = new Pane(Tone.GROUND, new MigLayout("fill, insets 24", "[center]", "push[]16[]6[]push"));
        nobody.add(new SealSign(64), "wrap");
        nobody.add(new Words(Type.TITLE, Tone.INK, "Choose somebody to write to"), "wrap");
        nobody.add(
                new Words(Type.PREVIEW, Tone.DIM, "Only their devices can open what you send. Ctrl+K finds people."));
        return nobody;
    }
}
