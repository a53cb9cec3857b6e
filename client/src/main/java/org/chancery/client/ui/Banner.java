package org.chancery.client.ui;

import javax.swing.JComponent;
import net.miginfocom.swing.MigLayout;
import org.chancery.client.chat.Event;

/// One sentence about something a person should know, what to do about it, and a way to put it aside.
final class Banner {
    private final Pane pane =
            new Pane(Tone.WARN_GROUND, new MigLayout("insets 8 20 8 12, gap 0, wrap 2", "[grow, fill, 0::]12[]"));
    private final Paragraph sentence = new Paragraph(Type.PREVIEW, Tone.WARN, "");
    private final Paragraph action = new Paragraph(Type.SMALL, Tone.WARN, "");

    Banner(Runnable dismiss) {
        Edt.require();
        MarkButton close = new MarkButton(Mark.CLOSE, "Put this aside");
        close.addActionListener(_ -> dismiss.run());
        sentence.getAccessibleContext().setAccessibleName("Problem");
        pane.add(sentence, "wmin 0, aligny center");
        pane.add(close, "spany 2, aligny top");
        pane.add(action, "wmin 0, hidemode 3");
        pane.setVisible(false);
    }

    JComponent component() {
        return pane;
    }

    void show(Event.Problem problem) {
        Edt.require();
        sentence.setText(problem.sentence());
        action.setText(problem.action().orElse(""));
        action.setVisible(problem.action().isPresent());
        pane.setVisible(true);
    }

    void hide() {
        Edt.require();
        pane.setVisible(false);
    }
}
